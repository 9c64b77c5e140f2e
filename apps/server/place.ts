import type { Place } from "./frame.tsx";

/** Name and hall of the demonstration district; numbers invented. */
export const demoPlace: Place = {
  name: { zh: "相山区", en: "Xiangshan District" },
  hall: {
    name: { zh: "相山区政务服务中心", en: "Xiangshan Government Service Centre" },
    address: { zh: "淮北市相山区（演示地址）", en: "Xiangshan District, Huaibei (demonstration address)" },
    phone: "0561-319 0000",
  },
};
