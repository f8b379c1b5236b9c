"""Countries, great cities and acronyms whose names differ between French and English."""

# One line each: the French names, a bar, the English ones; adjectives (as stems) after a second.
_TABLE = """
allemagne|germany|allemand,german
afrique du sud|south africa|sud-africain,south african
albanie|albania|albanais,albanian
algerie|algeria|algerien,algerian
angleterre|england|anglais,english
arabie saoudite|saudi arabia|saoudien,saudi
argentine|argentina|argentin,argentin
armenie|armenia|armenien,armenian
australie|australia|australien,australian
autriche|austria|autrichien,austrian
belgique|belgium|belge,belgian
birmanie,myanmar|burma,myanmar|birman,burmese
bolivie|bolivia|bolivien,bolivian
bresil|brazil|bresilien,brazilian
bulgarie|bulgaria|bulgare,bulgarian
cambodge|cambodia|cambodgien,cambodian
cameroun|cameroon|camerounais,cameroonian
canada|canada|canadien,canadian
chili|chile|chilien,chilean
chine|china|chinois,chinese
chypre|cyprus|chypriote,cypriot
colombie|colombia|colombien,colombian
coree du sud|south korea|sud-coreen,coreen,korean
coree du nord|north korea|nord-coreen,coreen,korean
coree|korea|coreen,korean
cote d'ivoire|ivory coast|ivoirien,ivorian
croatie|croatia|croate,croatian
danemark|denmark|danois,danish,dane
ecosse|scotland|ecossais,scottish
egypte|egypt|egyptien,egyptian
espagne|spain|espagnol,spanish,spaniard
estonie|estonia|estonien,estonian
etats-unis,etats unis,amerique,usa,us|united states,america,usa,us,u.s|americain,american
ethiopie|ethiopia|ethiopien,ethiopian
finlande|finland|finlandais,finnish
france|france|francais,french
galles,pays de galles|wales|gallois,welsh
georgie|georgia|georgien,georgian
grece|greece|grec,greek
hongrie|hungary|hongrois,hungarian
inde|india|indien,indian
indonesie|indonesia|indonesien,indonesian
irak|iraq|irakien,iraqi
iran|iran|iranien,iranian
irlande|ireland|irlandais,irish
islande|iceland|islandais,icelandic
israel|israel|israelien,israeli
italie|italy|italien,italian
japon|japan|japonais,japanese
jordanie|jordan|jordanien,jordanian
kenya|kenya|kenyan,kenyan
lettonie|latvia|letton,latvian
liban|lebanon|libanais,lebanese
libye|libya|libyen,libyan
lituanie|lithuania|lituanien,lithuanian
malaisie|malaysia|malaisien,malaysian
maroc|morocco|marocain,moroccan
mauritanie|mauritania|mauritanien,mauritanian
mexique|mexico|mexicain,mexican
moldavie|moldova|moldave,moldovan
mongolie|mongolia|mongol,mongolian
norvege|norway|norvegien,norwegian
nouvelle-zelande|new zealand|neo-zelandais,zealand
ouganda|uganda|ougandais,ugandan
pakistan|pakistan|pakistanais,pakistani
pays-bas,hollande,pays bas|netherlands,holland|neerlandais,hollandais,dutch
perou|peru|peruvien,peruvian
philippines|philippines|philippin,filipino,philippine
pologne|poland|polonais,polish
portugal|portugal|portugais,portuguese
roumanie|romania|roumain,romanian
royaume-uni,grande-bretagne,ru|united kingdom,uk,great britain,britain,u.k|britannique,british
russie|russia|russe,russian
senegal|senegal|senegalais,senegalese
serbie|serbia|serbe,serbian
slovaquie|slovakia|slovaque,slovak
slovenie|slovenia|slovene,slovenian
soudan|sudan|soudanais,sudanese
suede|sweden|suedois,swedish
suisse|switzerland|suisse,swiss
syrie|syria|syrien,syrian
tchad|chad|tchadien,chadian
tchequie,republique tcheque|czech republic,czechia|tcheque,czech
thailande|thailand|thailandais,thai
tunisie|tunisia|tunisien,tunisian
turquie|turkey|turc,turque,turkish
ukraine|ukraine|ukrainien,ukrainian
vietnam,viet nam|vietnam|vietnamien,vietnamese
europe|europe|europeen,european
afrique|africa|africain,african
asie|asia|asiatique,asian
amerique latine|latin america|latino-americain,latin american
amerique du nord|north america|
amerique du sud|south america|sud-americain,
londres|london|londonien,
edimbourg|edinburgh|
geneve|geneva|genevois,
bale|basel,basle|
berne|bern|
bruxelles|brussels|bruxellois,
anvers|antwerp|
gand|ghent|
bruges|bruges|
la haye|the hague,hague|
cologne|cologne|
munich|munich|
vienne|vienna|viennois,viennese
varsovie|warsaw|
cracovie|krakow,cracow|
prague|prague|
moscou|moscow|moscovite,muscovite
saint-petersbourg|saint petersburg,st petersburg,st. petersburg|
athenes|athens|athenien,athenian
venise|venice|venitien,venetian
florence|florence|florentin,florentine
genes|genoa|
naples|naples|napolitain,neapolitan
rome|rome|romain,roman
milan|milan|milanais,milanese
turin|turin|
lisbonne|lisbon|
seville|seville|
barcelone|barcelona|
copenhague|copenhagen|
bucarest|bucharest|
le caire|cairo|
alger|algiers|
pekin|beijing,peking|
tamise|thames|
rhin|rhine|
tibre|tiber|
alpes|alps|alpin,alpine
mediterranee|mediterranean|
la nouvelle-orleans,nouvelle-orleans|new orleans|
corse|corsica|corse,corsican
sicile|sicily|sicilien,sicilian
bretagne|brittany|
normandie|normandy|
bourgogne|burgundy|
baviere|bavaria|bavarois,bavarian
paris|paris|parisien,parisian
ue,union europeenne|eu,european union|
onu,nations unies|un,united nations|
otan|nato|
oms|who|
omc|wto|
fmi|imf|
ocde|oecd|
bce|ecb|
pme|sme,smes,small and medium-sized enterprises,small and medium enterprises,small businesses|
pdg,president-directeur general|ceo,chief executive|
pib|gdp|
tva|vat|
ia,intelligence artificielle|ai,artificial intelligence|
ong|ngo,ngos|
adn|dna|
arn|rna|
sida|aids|
vih|hiv|
etat,l'etat|state,the state|
urss,union sovietique|ussr,soviet union|sovietique,soviet
gaz de france,gdf|gdf|
noel|christmas|
caisse des depots|caisse des depots,deposits fund,deposit fund,deposits and consignments fund|
"""

ALIASES: tuple[frozenset[str], ...] = tuple(
    frozenset(name for field in line.split("|") for name in field.split(",") if name)
    for line in _TABLE.strip().splitlines()
)
"""Each the folded names and adjective stems of one thing."""

DEMONYMS = tuple(
    stem for line in _TABLE.strip().splitlines() for stem in line.split("|")[2].split(",") if stem
)
"""Folded stems of adjectives of nationality; a word that starts with one is no proper name."""
