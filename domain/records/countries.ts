/**
 * Countries and territories of ISO 3166-1: two letters, three letters, names in English and Spanish. Written out because
 * the names that a runtime knows change with its version, and a settlement must read the same in ten years.
 */
const COUNTRIES = `
AD AND Andorra
AE ARE United Arab Emirates|UAE|Emiratos Árabes Unidos
AF AFG Afghanistan|Afganistán
AG ATG Antigua and Barbuda|Antigua y Barbuda
AI AIA Anguilla|Anguila
AL ALB Albania
AM ARM Armenia
AO AGO Angola
AQ ATA Antarctica|Antártida
AR ARG Argentina
AS ASM American Samoa|Samoa Americana
AT AUT Austria
AU AUS Australia
AW ABW Aruba
AX ALA Aland Islands|Islas Åland
AZ AZE Azerbaijan|Azerbaiyán
BA BIH Bosnia and Herzegovina|Bosnia y Herzegovina
BB BRB Barbados
BD BGD Bangladesh
BE BEL Belgium|Bélgica
BF BFA Burkina Faso
BG BGR Bulgaria
BH BHR Bahrain|Bahrein
BI BDI Burundi
BJ BEN Benin
BL BLM Saint Barthélemy
BM BMU Bermuda|Bermudas
BN BRN Brunei Darussalam
BO BOL Bolivia
BQ BES Bonaire, Sint Eustatius and Saba|Bonaire, San Eustaquio y Saba
BR BRA Brazil|Brasil
BS BHS Bahamas
BT BTN Bhutan|Bután
BV BVT Bouvet Island|Isla Bouvet
BW BWA Botswana
BY BLR Belarus|Bielorrusia
BZ BLZ Belize|Belice
CA CAN Canadá
CC CCK Cocos (Keeling) Islands|Islas Cocos (Keeling)
CD COD Democratic Republic of the Congo|Congo|Congo (República Democrática del)
CF CAF Central African Republic|República Centroafricana
CG COG Republic of the Congo|Congo
CH CHE Switzerland|Suiza
CI CIV Côte d'Ivoire|Ivory Coast|Costa de Marfil
CK COK Cook Islands|Islas Cook
CL CHL Chile
CM CMR Cameroon|Camerún
CN CHN People's Republic of China|China
CO COL Colombia
CR CRI Costa Rica
CU CUB Cuba
CV CPV Cape Verde|Cabo Verde
CW CUW Curaçao
CX CXR Christmas Island|Isla de Navidad
CY CYP Cyprus|Chipre
CZ CZE Czech Republic|Czechia|República Checa
DE DEU Germany|Alemania
DJ DJI Djibouti|Yibuti
DK DNK Denmark|Dinamarca
DM DMA Dominica
DO DOM Dominican Republic|República Dominicana
DZ DZA Algeria|Argelia
EC ECU Ecuador
EE EST Estonia
EG EGY Egypt|Egipto
EH ESH Western Sahara|Sahara Occidental
ER ERI Eritrea
ES ESP Spain|España
ET ETH Ethiopia|Etiopía
FI FIN Finland|Finlandia
FJ FJI Fiji
FK FLK Falkland Islands (Malvinas)|Islas Malvinas
FM FSM Micronesia, Federated States of|Micronesia
FO FRO Faroe Islands|Islas Feroe
FR FRA France|Francia
GA GAB Gabón
GB GBR United Kingdom|UK|Great Britain|Reino Unido
GD GRD Grenada|Granada
GE GEO Georgia
GF GUF French Guiana|Guayana Francesa
GG GGY Guernsey
GH GHA Ghana
GI GIB Gibraltar
GL GRL Greenland|Groenlandia
GM GMB Republic of The Gambia|The Gambia|Gambia
GN GIN Guinea
GP GLP Guadeloupe|Guadalupe
GQ GNQ Equatorial Guinea|Guinea Ecuatorial
GR GRC Greece|Grecia
GS SGS South Georgia and the South Sandwich Islands|Georgia del Sur y las Islas Sandwich del Sur
GT GTM Guatemala
GU GUM Guam
GW GNB Guinea-Bissau|Guinea Bissau
GY GUY Guyana
HK HKG Hong Kong
HM HMD Heard Island and McDonald Islands|Heard e Islas McDonald
HN HND Honduras
HR HRV Croatia|Croacia
HT HTI Haití
HU HUN Hungary|Hungría
ID IDN Indonesia
IE IRL Ireland|Irlanda
IL ISR Israel
IM IMN Isle of Man|Isla de Man
IN IND India
IO IOT British Indian Ocean Territory|Territorio Británico del Océano Índico
IQ IRQ Iraq
IR IRN Islamic Republic of Iran|Irán|República Islámica de Irán
IS ISL Iceland|Islandia
IT ITA Italy|Italia
JE JEY Jersey
JM JAM Jamaica
JO JOR Jordan|Jordania
JP JPN Japan|Japón
KE KEN Kenya|Kenia
KG KGZ Kyrgyzstan|Kirguistán
KH KHM Cambodia|Camboya
KI KIR Kiribati
KM COM Comoros|Comoras
KN KNA Saint Kitts and Nevis|Saint Kitts y Nevis
KP PRK North Korea|República Popular Democrática de Corea
KR KOR South Korea|Korea, Republic of|Republic of Korea|República de Corea
KW KWT Kuwait
KY CYM Cayman Islands|Islas Caimán
KZ KAZ Kazakhstan|Kazajistán
LA LAO Lao People's Democratic Republic|República Democrática Popular de Lao
LB LBN Lebanon|Líbano
LC LCA Saint Lucia|Santa Lucía
LI LIE Liechtenstein
LK LKA Sri Lanka
LR LBR Liberia
LS LSO Lesotho|Lesoto
LT LTU Lithuania|Lituania
LU LUX Luxembourg|Luxemburgo
LV LVA Latvia|Letonia
LY LBY Libya|Libia
MA MAR Morocco|Marruecos
MC MCO Mónaco
MD MDA Moldova, Republic of|Moldavia
ME MNE Montenegro
MF MAF Saint Martin (French part)|Saint Martin (francesa)
MG MDG Madagascar
MH MHL Marshall Islands|Islas Marshall
MK MKD The Republic of North Macedonia|North Macedonia|Macedonia del Norte
ML MLI Malí
MM MMR Myanmar
MN MNG Mongolia
MO MAC Macao
MP MNP Northern Mariana Islands|Islas Marianas del Norte
MQ MTQ Martinique|Martinica
MR MRT Mauritania
MS MSR Montserrat
MT MLT Malta
MU MUS Mauritius|Mauricio
MV MDV Maldives|Maldivas
MW MWI Malawi|Malaui
MX MEX México
MY MYS Malaysia|Malasia
MZ MOZ Mozambique
NA NAM Namibia
NC NCL New Caledonia|Nueva Caledonia
NE NER Níger
NF NFK Norfolk Island|Isla Norfolk
NG NGA Nigeria
NI NIC Nicaragua
NL NLD Netherlands|The Netherlands|Netherlands (Kingdom of the)|Países Bajos
NO NOR Norway|Noruega
NP NPL Nepal
NR NRU Nauru
NU NIU Niue
NZ NZL New Zealand|Nueva Zelanda
OM OMN Omán
PA PAN Panamá
PE PER Perú
PF PYF French Polynesia|Polinesia Francesa
PG PNG Papua New Guinea|Papua Nueva Guinea
PH PHL Philippines|Filipinas
PK PAK Pakistán
PL POL Poland|Polonia
PM SPM Saint Pierre and Miquelon|San Pedro y Miquelón
PN PCN Pitcairn|Pitcairn Islands
PR PRI Puerto Rico
PS PSE State of Palestine|Palestine|Palestina
PT PRT Portugal
PW PLW Palau
PY PRY Paraguay
QA QAT Qatar|Catar
RE REU Reunión
RO ROU Romania|Rumanía
RS SRB Serbia
RU RUS Russian Federation|Russia|Rusia
RW RWA Rwanda|Ruanda
SA SAU Saudi Arabia|Arabia Saudita
SB SLB Solomon Islands|Islas Salomón
SC SYC Seychelles
SD SDN Sudán
SE SWE Sweden|Suecia
SG SGP Singapore|Singapur
SH SHN Saint Helena|Santa Helena, Ascensión y Tristán de Acuña
SI SVN Slovenia|Eslovenia
SJ SJM Svalbard and Jan Mayen|Svalbard y Jan Mayen
SK SVK Slovakia|Eslovaquia
SL SLE Sierra Leone|Sierra Leona
SM SMR San Marino
SN SEN Senegal
SO SOM Somalia
SR SUR Suriname
SS SSD South Sudan|Sudán del Sur
ST STP Sao Tome and Principe|Santo Tomé y Príncipe
SV SLV El Salvador
SX SXM Sint Maarten (Dutch part)|Sint Maarten (neerlandesa)
SY SYR Syrian Arab Republic|República Árabe Siria
SZ SWZ Eswatini|Esuatini
TC TCA Turks and Caicos Islands|Islas Turcas y Caicos
TD TCD Chad
TF ATF French Southern Territories|Tierras Australes Francesas
TG TGO Togo
TH THA Thailand|Tailandia
TJ TJK Tajikistan|Tayikistán
TK TKL Tokelau
TL TLS Timor-Leste
TM TKM Turkmenistán
TN TUN Tunisia|Túnez
TO TON Tonga
TR TUR Türkiye|Turkey|Turquía
TT TTO Trinidad and Tobago|Trinidad y Tobago
TV TUV Tuvalu
TW TWN Taiwan, Province of China|Taiwán
TZ TZA United Republic of Tanzania|Tanzania
UA UKR Ukraine|Ucrania
UG UGA Uganda
UM UMI United States Minor Outlying Islands|Islas Ultramarinas Menores de los Estados Unidos
US USA United States of America|United States|USA|U.S.A.|US|U.S.|Estados Unidos
UY URY Uruguay
UZ UZB Uzbekistán
VA VAT Holy See (Vatican City State)|Santa Sede
VC VCT Saint Vincent and the Grenadines|San Vicente y las Granadinas
VE VEN Venezuela
VG VGB Virgin Islands, British|Islas Vírgenes británicas
VI VIR Virgin Islands, U.S.|Islas Vírgenes de los Estados Unidos
VN VNM Vietnam
VU VUT Vanuatu
WF WLF Wallis and Futuna|Wallis y Futuna
WS WSM Samoa
YE YEM Yemen
YT MYT Mayotte
ZA ZAF South Africa|Sudáfrica
ZM ZMB Zambia
ZW ZWE Zimbabwe|Zimbabue
`;

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').trim().toLowerCase();
const CODE_OF: ReadonlyMap<string, string> = new Map(
  COUNTRIES.trim()
    .split('\n')
    .flatMap((line) => {
      const [code = '', three = '', ...name] = line.split(' ');
      return [code, three, ...name.join(' ').split('|')].map((text) => [plain(text), code] as const);
    }),
);

/** The two letters of a country that is written by its code or by its name, whatever the case and the accents. */
export const countryCode = (text: string): string | undefined => CODE_OF.get(plain(text));
