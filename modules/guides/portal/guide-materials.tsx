import type { ReactNode } from "react";
import type { ItemMaterial } from "#modules/catalog/api.ts";
import type { Language } from "#domain/words.ts";
import { Tag, type Tone } from "#kit/portal/tag.tsx";
import { type GuideWords, guideWords } from "./words.ts";

interface GuideMaterialsProps {
  readonly language: Language;
  readonly materials: readonly ItemMaterial[];
}

/** What the person must find comes first; what the government holds follows and need not be brought (免提交). */
export function GuideMaterials({ language, materials }: GuideMaterialsProps): ReactNode {
  const words = guideWords(language);
  const own = materials.filter((material) => material.source === "self");
  const held = materials.filter((material) => material.source === "government");
  return (
    <>
      <h2>{words.prepare}</h2>
      <p className="muted">{words.materialCount(own.length, held.length)}</p>
      <ul className="rows card">
        {[...own, ...held].map((material) => (
          <li key={material.key}>
            <div>
              <b>{material.name[language]}</b>
              <div className="muted small">{[material.standard[language], material.note?.[language]].filter(Boolean).join(" ")}</div>
              <div className="muted small">{form(material, words)}</div>
            </div>
            <Tag tone={tone(material)}>{necessity(material, words)}</Tag>
          </li>
        ))}
      </ul>
    </>
  );
}

function form(material: ItemMaterial, words: GuideWords): string {
  const { copies } = material;
  const parts = [
    copies.original > 0 ? words.original(copies.original) : null,
    copies.copy > 0 ? words.copy(copies.copy) : null,
    material.form === "electronic" ? words.electronic : null,
    material.tolerable ? words.tolerable : null,
  ];
  return parts.filter(Boolean).join(" · ");
}

function necessity(material: ItemMaterial, words: GuideWords): string {
  if (material.source === "government") return words.fromGovernment;
  switch (material.necessity) {
    case "required":
      return words.required;
    case "conditional":
      return words.conditional;
    case "optional":
      return words.optionalMaterial;
  }
}

function tone(material: ItemMaterial): Tone {
  if (material.source === "government") return "done";
  return material.necessity === "required" ? "running" : "waiting";
}
