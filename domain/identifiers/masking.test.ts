import { describe, expect, it } from "vitest";
import { maskAddress, maskBankAccount, maskName, maskPhone, maskResidentId } from "./masking.ts";

describe("masking", () => {
  it.each([
    ["张三", "张*"],
    ["张小三", "张*三"],
    ["欧阳小明", "欧**明"],
    ["张", "*"],
    ["", ""],
    ["𠮷田", "𠮷*"],
    ["买买提·吐尔逊", "买*****逊"],
  ])("shows the name %s as %s", (name, masked) => {
    expect(maskName(name)).toBe(masked);
  });

  it("shows of an identity number the first 3 and last 4, never more than 6 and 4", () => {
    expect(maskResidentId("340603199001010018")).toBe("340***********0018");
    expect(maskResidentId("340603199001010018", { first: 6, last: 4 })).toBe("340603********0018");
    expect(maskResidentId("340603199001010018", { first: 0, last: 0 })).toBe("*".repeat(18));
    for (const shown of [
      { first: 7, last: 4 },
      { first: 3, last: 5 },
      { first: -1, last: 4 },
      { first: Number.NaN, last: 4 },
    ]) {
      expect(() => maskResidentId("340603199001010018", shown)).toThrow(RangeError);
    }
  });

  it("shows of a phone 3 and 4, of an account the last 4, and nothing of what is too short", () => {
    expect(maskPhone("13812345678")).toBe("138****5678");
    expect(maskBankAccount("6222 0212 3456 7890 123")).toBe("***************0123");
    expect(maskPhone("1234567")).toBe("*******");
  });

  it.each([
    ["安徽省淮北市相山区相山北路100号3栋2单元501室", "安徽省淮北市相山区相山北路****"],
    ["相山区东街道惠黎社区１２号楼", "相山区东街道****"],
    ["相山区人民路十二号路遥家", "相山区人民路****"],
    ["濉溪县百善镇黄集村3组", "濉溪县百善镇****"],
    ["淮北市相山区惠民小区8栋", "淮北市相山区****"],
    ["惠民小区8栋301", "****"],
    ["相山区人民路", "相山区人民路"],
    ["", "****"],
  ])("shows of the address %s only %s", (address, masked) => {
    expect(maskAddress(address)).toBe(masked);
  });
});
