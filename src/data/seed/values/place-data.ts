/**
 * Larger cities by country, each a line: name, region, its short name, postcode (`#` is a digit, `?` a letter), latitude,
 * longitude (degrees), time zone. Names are those of the country's own language. The postcode areas are the cities' own.
 */
export const PLACE_LINES: Readonly<Record<string, string>> = {
  US: `
New York|New York|NY|100##|40.71|-74.01|America/New_York
Los Angeles|California|CA|900##|34.05|-118.24|America/Los_Angeles
Chicago|Illinois|IL|606##|41.88|-87.63|America/Chicago
Houston|Texas|TX|770##|29.76|-95.37|America/Chicago
Phoenix|Arizona|AZ|850##|33.45|-112.07|America/Phoenix
Philadelphia|Pennsylvania|PA|191##|39.95|-75.17|America/New_York
San Antonio|Texas|TX|782##|29.42|-98.49|America/Chicago
San Diego|California|CA|921##|32.72|-117.16|America/Los_Angeles
Dallas|Texas|TX|752##|32.78|-96.8|America/Chicago
Austin|Texas|TX|787##|30.27|-97.74|America/Chicago
San Francisco|California|CA|941##|37.77|-122.42|America/Los_Angeles
Columbus|Ohio|OH|432##|39.96|-83|America/New_York
Indianapolis|Indiana|IN|462##|39.77|-86.16|America/Indiana/Indianapolis
Charlotte|North Carolina|NC|282##|35.23|-80.84|America/New_York
Seattle|Washington|WA|981##|47.61|-122.33|America/Los_Angeles
Denver|Colorado|CO|802##|39.74|-104.99|America/Denver
Boston|Massachusetts|MA|021##|42.36|-71.06|America/New_York
Nashville|Tennessee|TN|372##|36.16|-86.78|America/Chicago
Detroit|Michigan|MI|482##|42.33|-83.05|America/Detroit
Portland|Oregon|OR|972##|45.52|-122.68|America/Los_Angeles
Las Vegas|Nevada|NV|891##|36.17|-115.14|America/Los_Angeles
Baltimore|Maryland|MD|212##|39.29|-76.61|America/New_York
Milwaukee|Wisconsin|WI|532##|43.04|-87.91|America/Chicago
Albuquerque|New Mexico|NM|871##|35.08|-106.65|America/Denver
Atlanta|Georgia|GA|303##|33.75|-84.39|America/New_York
Miami|Florida|FL|331##|25.76|-80.19|America/New_York
Minneapolis|Minnesota|MN|554##|44.98|-93.27|America/Chicago
New Orleans|Louisiana|LA|701##|29.95|-90.07|America/Chicago
Salt Lake City|Utah|UT|841##|40.76|-111.89|America/Denver
Honolulu|Hawaii|HI|968##|21.31|-157.86|Pacific/Honolulu
Anchorage|Alaska|AK|995##|61.22|-149.9|America/Anchorage
Kansas City|Missouri|MO|641##|39.1|-94.58|America/Chicago`,
  GB: `
London|England|ENG|SW# #??|51.51|-0.13|Europe/London
Birmingham|England|ENG|B## #??|52.48|-1.9|Europe/London
Manchester|England|ENG|M## #??|53.48|-2.24|Europe/London
Leeds|England|ENG|LS# #??|53.8|-1.55|Europe/London
Liverpool|England|ENG|L## #??|53.41|-2.99|Europe/London
Bristol|England|ENG|BS# #??|51.45|-2.59|Europe/London
Sheffield|England|ENG|S## #??|53.38|-1.47|Europe/London
Newcastle upon Tyne|England|ENG|NE# #??|54.98|-1.61|Europe/London
Oxford|England|ENG|OX# #??|51.75|-1.26|Europe/London
Cambridge|England|ENG|CB# #??|52.21|0.12|Europe/London
Brighton|England|ENG|BN# #??|50.82|-0.14|Europe/London
Edinburgh|Scotland|SCT|EH# #??|55.95|-3.19|Europe/London
Glasgow|Scotland|SCT|G## #??|55.86|-4.25|Europe/London
Aberdeen|Scotland|SCT|AB## #??|57.15|-2.09|Europe/London
Cardiff|Wales|WLS|CF## #??|51.48|-3.18|Europe/London
Belfast|Northern Ireland|NIR|BT# #??|54.6|-5.93|Europe/London`,
  DE: `
Berlin|Berlin|BE|10###|52.52|13.4|Europe/Berlin
Hamburg|Hamburg|HH|20###|53.55|9.99|Europe/Berlin
München|Bayern|BY|80###|48.14|11.58|Europe/Berlin
Köln|Nordrhein-Westfalen|NW|50###|50.94|6.96|Europe/Berlin
Frankfurt am Main|Hessen|HE|60###|50.11|8.68|Europe/Berlin
Stuttgart|Baden-Württemberg|BW|70###|48.78|9.18|Europe/Berlin
Düsseldorf|Nordrhein-Westfalen|NW|40###|51.23|6.77|Europe/Berlin
Leipzig|Sachsen|SN|04###|51.34|12.37|Europe/Berlin
Dortmund|Nordrhein-Westfalen|NW|44###|51.51|7.47|Europe/Berlin
Bremen|Bremen|HB|28###|53.08|8.8|Europe/Berlin
Dresden|Sachsen|SN|01###|51.05|13.74|Europe/Berlin
Hannover|Niedersachsen|NI|30###|52.38|9.73|Europe/Berlin
Nürnberg|Bayern|BY|90###|49.45|11.08|Europe/Berlin
Freiburg im Breisgau|Baden-Württemberg|BW|79###|47.99|7.85|Europe/Berlin
Mainz|Rheinland-Pfalz|RP|55###|50|8.27|Europe/Berlin
Kiel|Schleswig-Holstein|SH|24###|54.32|10.14|Europe/Berlin
Rostock|Mecklenburg-Vorpommern|MV|18###|54.09|12.14|Europe/Berlin
Erfurt|Thüringen|TH|99###|50.98|11.03|Europe/Berlin
Magdeburg|Sachsen-Anhalt|ST|39###|52.13|11.63|Europe/Berlin
Potsdam|Brandenburg|BB|144##|52.4|13.06|Europe/Berlin
Saarbrücken|Saarland|SL|66###|49.24|7|Europe/Berlin`,
  AT: `
Wien|Wien|W|1##0|48.21|16.37|Europe/Vienna
Graz|Steiermark|ST|80##|47.07|15.44|Europe/Vienna
Linz|Oberösterreich|OÖ|40##|48.31|14.29|Europe/Vienna
Salzburg|Salzburg|S|50##|47.81|13.04|Europe/Vienna
Innsbruck|Tirol|T|60##|47.27|11.39|Europe/Vienna
Klagenfurt|Kärnten|K|90##|46.62|14.31|Europe/Vienna
Bregenz|Vorarlberg|V|69##|47.5|9.75|Europe/Vienna`,
  CH: `
Zürich|Zürich|ZH|80##|47.38|8.54|Europe/Zurich
Genève|Genève|GE|12##|46.2|6.14|Europe/Zurich
Basel|Basel-Stadt|BS|40##|47.56|7.59|Europe/Zurich
Bern|Bern|BE|30##|46.95|7.45|Europe/Zurich
Lausanne|Vaud|VD|10##|46.52|6.63|Europe/Zurich
Luzern|Luzern|LU|60##|47.05|8.31|Europe/Zurich
Lugano|Ticino|TI|69##|46|8.95|Europe/Zurich`,
  FR: `
Paris|Île-de-France|IDF|750##|48.86|2.35|Europe/Paris
Marseille|Provence-Alpes-Côte d'Azur|PAC|130##|43.3|5.37|Europe/Paris
Lyon|Auvergne-Rhône-Alpes|ARA|690##|45.76|4.84|Europe/Paris
Toulouse|Occitanie|OCC|31###|43.6|1.44|Europe/Paris
Nice|Provence-Alpes-Côte d'Azur|PAC|06###|43.7|7.27|Europe/Paris
Nantes|Pays de la Loire|PDL|44###|47.22|-1.55|Europe/Paris
Strasbourg|Grand Est|GES|67###|48.57|7.75|Europe/Paris
Montpellier|Occitanie|OCC|34###|43.61|3.88|Europe/Paris
Bordeaux|Nouvelle-Aquitaine|NAQ|33###|44.84|-0.58|Europe/Paris
Lille|Hauts-de-France|HDF|59###|50.63|3.06|Europe/Paris
Rennes|Bretagne|BRE|35###|48.12|-1.68|Europe/Paris
Rouen|Normandie|NOR|76###|49.44|1.1|Europe/Paris
Dijon|Bourgogne-Franche-Comté|BFC|21###|47.32|5.04|Europe/Paris
Tours|Centre-Val de Loire|CVL|37###|47.39|0.68|Europe/Paris`,
  BE: `
Bruxelles|Bruxelles-Capitale|BRU|10##|50.85|4.35|Europe/Brussels
Antwerpen|Vlaanderen|VLG|20##|51.22|4.4|Europe/Brussels
Gent|Vlaanderen|VLG|90##|51.05|3.72|Europe/Brussels
Liège|Wallonie|WAL|40##|50.63|5.57|Europe/Brussels
Namur|Wallonie|WAL|50##|50.47|4.87|Europe/Brussels`,
  ES: `
Madrid|Comunidad de Madrid|MD|280##|40.42|-3.7|Europe/Madrid
Barcelona|Cataluña|CT|080##|41.39|2.17|Europe/Madrid
Valencia|Comunidad Valenciana|VC|460##|39.47|-0.38|Europe/Madrid
Sevilla|Andalucía|AN|410##|37.39|-5.98|Europe/Madrid
Zaragoza|Aragón|AR|500##|41.65|-0.89|Europe/Madrid
Málaga|Andalucía|AN|290##|36.72|-4.42|Europe/Madrid
Bilbao|País Vasco|PV|480##|43.26|-2.93|Europe/Madrid
Palma|Islas Baleares|IB|070##|39.57|2.65|Europe/Madrid
Valladolid|Castilla y León|CL|470##|41.65|-4.72|Europe/Madrid
Vigo|Galicia|GA|362##|42.24|-8.72|Europe/Madrid`,
  MX: `
Ciudad de México|Ciudad de México|CMX|06###|19.43|-99.13|America/Mexico_City
Guadalajara|Jalisco|JAL|44###|20.67|-103.35|America/Mexico_City
Monterrey|Nuevo León|NLE|64###|25.69|-100.32|America/Monterrey
Puebla|Puebla|PUE|72###|19.04|-98.21|America/Mexico_City
Tijuana|Baja California|BCN|22###|32.51|-117.04|America/Tijuana
Mérida|Yucatán|YUC|97###|20.97|-89.62|America/Merida
León|Guanajuato|GUA|37###|21.12|-101.68|America/Mexico_City`,
  IT: `
Roma|Lazio|RM|001##|41.9|12.5|Europe/Rome
Milano|Lombardia|MI|201##|45.46|9.19|Europe/Rome
Napoli|Campania|NA|801##|40.85|14.27|Europe/Rome
Torino|Piemonte|TO|101##|45.07|7.69|Europe/Rome
Palermo|Sicilia|PA|901##|38.12|13.36|Europe/Rome
Genova|Liguria|GE|161##|44.41|8.93|Europe/Rome
Bologna|Emilia-Romagna|BO|401##|44.49|11.34|Europe/Rome
Firenze|Toscana|FI|501##|43.77|11.26|Europe/Rome
Bari|Puglia|BA|701##|41.13|16.87|Europe/Rome
Venezia|Veneto|VE|301##|45.44|12.32|Europe/Rome`,
  NL: `
Amsterdam|Noord-Holland|NH|10## ??|52.37|4.9|Europe/Amsterdam
Rotterdam|Zuid-Holland|ZH|30## ??|51.92|4.48|Europe/Amsterdam
Den Haag|Zuid-Holland|ZH|25## ??|52.08|4.31|Europe/Amsterdam
Utrecht|Utrecht|UT|35## ??|52.09|5.12|Europe/Amsterdam
Eindhoven|Noord-Brabant|NB|56## ??|51.44|5.48|Europe/Amsterdam
Groningen|Groningen|GR|97## ??|53.22|6.57|Europe/Amsterdam
Maastricht|Limburg|LI|62## ??|50.85|5.69|Europe/Amsterdam
Arnhem|Gelderland|GE|68## ??|51.98|5.91|Europe/Amsterdam`,
  BR: `
São Paulo|São Paulo|SP|01###-###|-23.55|-46.63|America/Sao_Paulo
Rio de Janeiro|Rio de Janeiro|RJ|20###-###|-22.91|-43.17|America/Sao_Paulo
Brasília|Distrito Federal|DF|70###-###|-15.79|-47.88|America/Sao_Paulo
Salvador|Bahia|BA|40###-###|-12.97|-38.5|America/Bahia
Fortaleza|Ceará|CE|60###-###|-3.73|-38.53|America/Fortaleza
Belo Horizonte|Minas Gerais|MG|30###-###|-19.92|-43.94|America/Sao_Paulo
Manaus|Amazonas|AM|69###-###|-3.12|-60.02|America/Manaus
Curitiba|Paraná|PR|80###-###|-25.43|-49.27|America/Sao_Paulo
Recife|Pernambuco|PE|50###-###|-8.05|-34.88|America/Recife
Porto Alegre|Rio Grande do Sul|RS|90###-###|-30.03|-51.23|America/Sao_Paulo`,
  PT: `
Lisboa|Lisboa|11|1###-###|38.72|-9.14|Europe/Lisbon
Porto|Porto|13|4###-###|41.15|-8.61|Europe/Lisbon
Braga|Braga|03|47##-###|41.55|-8.43|Europe/Lisbon
Coimbra|Coimbra|06|30##-###|40.21|-8.43|Europe/Lisbon
Faro|Faro|08|80##-###|37.02|-7.93|Europe/Lisbon`,
  CA: `
Toronto|Ontario|ON|M#? #?#|43.65|-79.38|America/Toronto
Montréal|Quebec|QC|H#? #?#|45.5|-73.57|America/Toronto
Vancouver|British Columbia|BC|V#? #?#|49.28|-123.12|America/Vancouver
Calgary|Alberta|AB|T#? #?#|51.05|-114.07|America/Edmonton
Ottawa|Ontario|ON|K#? #?#|45.42|-75.7|America/Toronto
Winnipeg|Manitoba|MB|R#? #?#|49.9|-97.14|America/Winnipeg
Halifax|Nova Scotia|NS|B#? #?#|44.65|-63.58|America/Halifax
Regina|Saskatchewan|SK|S#? #?#|50.45|-104.62|America/Regina`,
  AU: `
Sydney|New South Wales|NSW|20##|-33.87|151.21|Australia/Sydney
Melbourne|Victoria|VIC|30##|-37.81|144.96|Australia/Melbourne
Brisbane|Queensland|QLD|40##|-27.47|153.03|Australia/Brisbane
Perth|Western Australia|WA|60##|-31.95|115.86|Australia/Perth
Adelaide|South Australia|SA|50##|-34.93|138.6|Australia/Adelaide
Hobart|Tasmania|TAS|70##|-42.88|147.33|Australia/Hobart
Canberra|Australian Capital Territory|ACT|26##|-35.28|149.13|Australia/Sydney
Darwin|Northern Territory|NT|08##|-12.46|130.84|Australia/Darwin`,
  IE: `
Dublin|Leinster|L|D## ?##?|53.35|-6.26|Europe/Dublin
Cork|Munster|M|T12 ?##?|51.9|-8.47|Europe/Dublin
Galway|Connacht|C|H91 ?##?|53.27|-9.05|Europe/Dublin
Limerick|Munster|M|V94 ?##?|52.67|-8.63|Europe/Dublin`,
  IN: `
Mumbai|Maharashtra|MH|4000##|19.08|72.88|Asia/Kolkata
New Delhi|Delhi|DL|1100##|28.61|77.21|Asia/Kolkata
Bengaluru|Karnataka|KA|5600##|12.97|77.59|Asia/Kolkata
Hyderabad|Telangana|TS|5000##|17.39|78.49|Asia/Kolkata
Chennai|Tamil Nadu|TN|6000##|13.08|80.27|Asia/Kolkata
Kolkata|West Bengal|WB|7000##|22.57|88.36|Asia/Kolkata
Pune|Maharashtra|MH|4110##|18.52|73.86|Asia/Kolkata
Ahmedabad|Gujarat|GJ|3800##|23.02|72.57|Asia/Kolkata
Jaipur|Rajasthan|RJ|3020##|26.91|75.79|Asia/Kolkata`,
  ZA: `
Johannesburg|Gauteng|GP|20##|-26.2|28.05|Africa/Johannesburg
Cape Town|Western Cape|WC|80##|-33.92|18.42|Africa/Johannesburg
Durban|KwaZulu-Natal|KZN|40##|-29.86|31.02|Africa/Johannesburg
Pretoria|Gauteng|GP|00##|-25.75|28.19|Africa/Johannesburg`,
  PL: `
Warszawa|Mazowieckie|MZ|00-###|52.23|21.01|Europe/Warsaw
Kraków|Małopolskie|MA|30-###|50.06|19.94|Europe/Warsaw
Łódź|Łódzkie|LD|90-###|51.76|19.46|Europe/Warsaw
Wrocław|Dolnośląskie|DS|50-###|51.11|17.04|Europe/Warsaw
Poznań|Wielkopolskie|WP|60-###|52.41|16.93|Europe/Warsaw
Gdańsk|Pomorskie|PM|80-###|54.35|18.65|Europe/Warsaw`,
  CZ: `
Praha|Praha|10|1## 00|50.08|14.44|Europe/Prague
Brno|Jihomoravský kraj|64|6## 00|49.2|16.61|Europe/Prague
Ostrava|Moravskoslezský kraj|80|70# 00|49.82|18.26|Europe/Prague
Plzeň|Plzeňský kraj|32|3## 00|49.74|13.37|Europe/Prague`,
  SE: `
Stockholm|Stockholms län|AB|11# ##|59.33|18.07|Europe/Stockholm
Göteborg|Västra Götalands län|O|41# ##|57.71|11.97|Europe/Stockholm
Malmö|Skåne län|M|21# ##|55.6|13|Europe/Stockholm
Uppsala|Uppsala län|C|75# ##|59.86|17.64|Europe/Stockholm`,
  NO: `
Oslo|Oslo|03|0###|59.91|10.75|Europe/Oslo
Bergen|Vestland|46|50##|60.39|5.32|Europe/Oslo
Trondheim|Trøndelag|50|70##|63.43|10.4|Europe/Oslo
Stavanger|Rogaland|11|40##|58.97|5.73|Europe/Oslo`,
  DK: `
København|Hovedstaden|84|1###|55.68|12.57|Europe/Copenhagen
Aarhus|Midtjylland|82|8000|56.16|10.2|Europe/Copenhagen
Odense|Syddanmark|83|5000|55.4|10.39|Europe/Copenhagen
Aalborg|Nordjylland|81|9000|57.05|9.92|Europe/Copenhagen`,
  FI: `
Helsinki|Uusimaa|18|00##0|60.17|24.94|Europe/Helsinki
Tampere|Pirkanmaa|11|33##0|61.5|23.76|Europe/Helsinki
Turku|Varsinais-Suomi|19|20##0|60.45|22.27|Europe/Helsinki
Oulu|Pohjois-Pohjanmaa|14|90##0|65.01|25.47|Europe/Helsinki`,
  JP: `
千代田区|東京都|13|100-####|35.69|139.75|Asia/Tokyo
横浜市|神奈川県|14|220-####|35.44|139.64|Asia/Tokyo
大阪市|大阪府|27|530-####|34.69|135.5|Asia/Tokyo
名古屋市|愛知県|23|450-####|35.18|136.91|Asia/Tokyo
札幌市|北海道|01|060-####|43.06|141.35|Asia/Tokyo
福岡市|福岡県|40|810-####|33.59|130.4|Asia/Tokyo
京都市|京都府|26|600-####|35.01|135.77|Asia/Tokyo
仙台市|宮城県|04|980-####|38.27|140.87|Asia/Tokyo
広島市|広島県|34|730-####|34.39|132.46|Asia/Tokyo`,
};
