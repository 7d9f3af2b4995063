/** First names, cities and countries that are known as such; a few of many, so that most texts in English are read right. */
export const FIRST_NAMES = setOf(
  `adam aisha albert alex alexander alice amanda amelia amy andrea andrew angela anita ann anna anne anthony antonio ben
  benjamin bill bob brian carl carla carlos carol caroline charles charlie charlotte chris christina christopher claire
  clara daniel dave david deborah diana diego donald dorothy ed edward elena elizabeth ella emily emma eric erik eva evelyn
  fatima felix fiona fred frank gary george grace greg hannah harry heather helen henry ian isabella ivan jack jacob james
  jane janet jason jennifer jenny jessica jim joan joe john jonas jonathan jose joseph joshua juan julia julian julie karen
  karl kate katherine kathy keith kelly ken kevin kim larry laura lea lena leo leon linda lisa louis lucas lucy luis luke
  maria marie mario mark marta martha martin mary matt matthew max melissa mia michael michelle mike mohammed nancy natalie
  nathan nicholas nick nicole nina noah nora oliver olivia omar oscar pam pamela patricia patrick paul paula peter philip
  priya rachel ravi rebecca richard robert robin roger ron rosa ruth ryan sam samantha samuel sandra sara sarah scott
  sean sofia sophia sophie stefan stephanie stephen steve steven sue susan tanja ted teresa thomas tim timothy tina tom
  tony victor victoria walter wendy will william yuki zoe`,
  /\s+/,
);

export const CITIES = setOf(
  `amsterdam,athens,atlanta,austin,bangkok,barcelona,beijing,belgrade,berlin,bern,bogota,boston,bratislava,brussels,
  bucharest,budapest,buenos aires,cairo,cape town,chicago,cologne,copenhagen,dallas,delhi,denver,detroit,dubai,dublin,
  edinburgh,frankfurt,geneva,glasgow,hamburg,hanoi,helsinki,hong kong,houston,istanbul,jakarta,johannesburg,kyiv,
  krakow,kyoto,lagos,las vegas,lima,lisbon,liverpool,ljubljana,london,los angeles,lyon,madrid,manchester,manila,marseille,
  melbourne,mexico city,miami,milan,montreal,moscow,mumbai,munich,nairobi,naples,new delhi,new york,new york city,osaka,oslo,
  paris,philadelphia,porto,portland,prague,reykjavik,riga,rio de janeiro,rome,rotterdam,san diego,san francisco,santiago,
  sao paulo,seattle,seoul,seville,shanghai,singapore,stockholm,stuttgart,sydney,tallinn,tokyo,toronto,valencia,
  vancouver,venice,vienna,vilnius,warsaw,washington,wellington,zagreb,zurich`,
  /,\s*/,
);

/** As they are called for short. */
export const COMPANIES = setOf(
  'apple,microsoft,google,alphabet,amazon,tesla,nvidia,meta,netflix,ibm,intel,oracle,samsung,sony,toyota,siemens,sap',
  /,/,
);

export const COUNTRIES = setOf(
  `argentina,australia,austria,belgium,brazil,canada,chile,china,colombia,croatia,czechia,denmark,egypt,england,estonia,
  finland,france,germany,greece,hungary,iceland,india,indonesia,ireland,israel,italy,japan,kenya,latvia,lithuania,
  mexico,morocco,netherlands,new zealand,nigeria,norway,peru,poland,portugal,romania,scotland,serbia,slovakia,slovenia,
  south africa,south korea,spain,sweden,switzerland,thailand,ukraine,united kingdom,united states,uk,usa,vietnam`,
  /,\s*/,
);

function setOf(list: string, between: RegExp): ReadonlySet<string> {
  return new Set(list.trim().split(between));
}
