const CAPITALS: ReadonlyMap<string, string> = new Map(
  `France=Paris,Germany=Berlin,Italy=Rome,Spain=Madrid,Portugal=Lisbon,Austria=Vienna,Switzerland=Bern,Belgium=Brussels,
  Netherlands=Amsterdam,Denmark=Copenhagen,Sweden=Stockholm,Norway=Oslo,Finland=Helsinki,Poland=Warsaw,Czechia=Prague,
  Hungary=Budapest,Greece=Athens,Ireland=Dublin,England=London,United Kingdom=London,UK=London,Japan=Tokyo,China=Beijing,
  India=New Delhi,South Korea=Seoul,Australia=Canberra,New Zealand=Wellington,Canada=Ottawa,Mexico=Mexico City,
  Brazil=Brasília,Argentina=Buenos Aires,Chile=Santiago,Peru=Lima,Egypt=Cairo,Kenya=Nairobi,Turkey=Ankara,Russia=Moscow,
  Ukraine=Kyiv,United States=Washington,USA=Washington`
    .split(/,\s*/)
    .map((entry) => entry.split('=') as [string, string]),
);

/** Most first questions to a model are about one. */
export function capitalAsked(asked: string): string | null {
  const country = /\bcapital (?:city )?of (?:the )?(\p{L}+(?: \p{L}+)?)/iu.exec(asked)?.[1]?.toLowerCase() ?? '';
  const found = [...CAPITALS].find(
    ([name]) => name.toLowerCase() === country || country.startsWith(`${name.toLowerCase()} `),
  );
  return found ? `The capital of ${found[0]} is ${found[1]}.` : null;
}
