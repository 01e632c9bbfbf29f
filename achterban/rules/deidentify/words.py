"""Words that tell names, institutions and authorities apart from other words.

Lists of a public kind (titles, kinship, professions, sorts of institutions, sayings,
brands, eponyms), composed by ourselves.
"""

from __future__ import annotations


def word_set(text: str) -> frozenset[str]:
    """Return the words of a list."""
    return frozenset(text.split())


def endings(text: str) -> tuple[str, ...]:
    """Return the words of a list as ``str.endswith`` takes them."""
    return tuple(text.split())


def phrases(text: str) -> tuple[str, ...]:
    """Return the phrases of a list, which stand between semicolons."""
    return tuple(" ".join(phrase.split()) for phrase in text.split(";"))


# A letter that is no small one: capitals of every script.
UPPER = r"[^\W\d_a-zß-öø-ÿ]"
PARTICLES = (
    "van der|van den|van de|van het|van 't|van ’t|in 't|in ’t|in het|in den|in de|"
    "op den|op de|op 't|op ’t|op het|aan de|aan den|aan het|bij de|uit de|uit den|"
    "uit het|voor de|de la|von der|"
    "van|de|den|der|ter|ten|te|het|'t|’t|el|al|ben|bin|da|di|do|"
    "dos|del|du|la|le|von|zu|af|v\\.d\\.|v/d|v\\."
)
_WORD = rf"{UPPER}(?:[\w'’]*[^\W\d_])?"
CAPITALISED = rf"{UPPER}[\w'’]*[a-zß-öø-ÿāăąćčďđēęěğīıłńňōőřśşšţťūůűźżž]"
_INITIALS = rf"(?:{UPPER}(?:h|j|hr)?\.[ -]?){{1,5}}"
# Jan, Anne-Marie, J.P. de Vries, Van der Ploeg-Bakker, Tariq B.
NAME = (
    rf"(?:{_INITIALS}(?:(?:{PARTICLES}|Van|De|Den|Der|Ter|Ten|Te) ){{0,2}}{_WORD}"
    rf"|{CAPITALISED}|{_INITIALS})"
    rf"(?:(?:-| (?:(?:{PARTICLES}) ){{0,2}})(?:{CAPITALISED}|{UPPER}\.(?!\w))"
    rf"|-{UPPER}(?=-)){{0,5}}"
)
# The name of an institution may have small words in it: "De Ark van Tholen".
PROPER = (
    rf"(?:(?:het |de |'t |’t )?(?:['’]s-)?(?:{UPPER}[\w'’&.-]*[\w.]|{UPPER}))"
    rf"(?: (?:(?:{PARTICLES}|en|&|aan|in|op|voor|bij) ){{0,2}}"
    rf"(?:{UPPER}[\w'’&-]*\w|{UPPER}\b)){{0,5}}"
)

TITLES = word_set("""
    heer meneer mijnheer dhr hr mevrouw mevr mw mvr mej juffrouw juf meester dokter
    dr drs prof professor mr ing ir zuster broeder tante oom ome opa oma dominee ds
    pastoor pater imam rabbijn familie fam mister miss
    """)
# Who somebody is to another: the name may follow. By the end of the word.
ROLES = endings("""
    zwager neef neefje nicht nichtje buurman buurvrouw buurjongen buurmeisje zoon
    zoontje dochter dochtertje moeder vader ouders broer broertje zus zusje zuster
    mama papa kind vriend vriendin partner echtgenoot echtgenote collega coach
    mentor begeleider begeleidster arts verpleegkundige therapeut therapeute
    specialist consulent consulente ambtenaar adviseur psycholoog psychiater chirurg
    loog advocaat advocate leraar lerares docent docente leidster verzorgende
    chauffeur directeur voorzitter assistent assistente medewerker medewerkster
    manager bewindvoerder curator voogd diëtist logopedist tolk vrijwilliger
    vrijwilligster jongen meisje
    patiënt patiënte cliënt cliënte behandelaar contactpersoon belster beller
    """)
# Too common as the end of other words.
WHOLE_ROLES = word_set("man vrouw hulp zuster ex kinderen kids zoons dochters")
GREETINGS = word_set("""
    groet groeten groetjes gr mvg hoogachtend achting liefs heet heette genaamd
    beste lieve hallo hoi dag geachte getekend afzender naam namens
    """)

# After a title or role these are no names.
NO_NAMES = word_set("""
    Wmo Wlz Wia Wajong Zvw Pgb Zzp Uwv Cak Svb Ciz Ggd Ggz Awbz Bsn Vws Google
    Alzheimer Parkinson Down Huntington Nederland Nederlands Engels Duits Frans
    Spaans Turks Arabisch Ik Je Jij Hij Zij Ze Wij We Jullie U Het De Een Die Dat
    Dit Deze Er En Of Maar Want Dus Toen Nu Dan Als Met Van Voor Naar Bij In Op Uit
    Aan Om Te Wat Wie Waar Wanneer Hoe Waarom Niet Geen Ook Nog Al Wel Mijn Zijn
    Haar Ons Onze Uw Hun Ja Nee Via Volgens Na Sinds Tot Tijdens Omdat Daar Hier
    Iemand Niemand Iedereen Alles Niets Is Was Heeft Had Kan Mag Moet Wil Belt Belde
    Zegt Zei Vraagt Vroeg Kreeg Krijgt Natuur Zorg Januari Februari Maart April Juni
    Juli Augustus September Oktober November December Maandag Dinsdag Woensdag
    Donderdag Vrijdag Zaterdag Kerst Pasen Pinksteren Groet Groeten Groetjes
    Vriendelijke Hartelijke Naam Namens Vorig Vorige Volgende Mensen Allemaal
    Redactie Heer Mevrouw Meneer Dokter Lezers Leden Dames Heren Team Mantelzorg
    Longcovid Covid Postcovid Mobiel Telefoon Tel Mail Adres Geboren Nummer Alleen
    Achteraf Eerst Daarna Helaas Gelukkig Maakt Kom Graag Hierbij Hiermee Zoals Toch
    Terwijl Tevens Verder Ondanks Ordernummer Bestelnummer Bin Bang Hai Hoes Baas Halte
    """)
# Words that lists of names hold and that mostly are no names: at the start of a
# sentence, or in a text without capitals, they are taken for words.
MOSTLY_WORDS = word_set("""
    lieve beste niks brain duits advocaat mobiel mien mijn zijn hun haar man vrouw
    wil kan mag moet zal dan nu wel ook al op in uit van voor bij met om te en of
    maar want dus toen als na tot goed groot klein jong oud lang kort dik dun snel
    vroeg laat eerst laatste heel veel weinig meer minder groen rood wit zwart bruin
    blauw geel grijs berg dal bos veld water zee dijk dam brug huis tuin dorp stad
    kerk school markt bakker slager visser smit smid kuiper timmer schilder boer
    koning keizer prins graaf hertog ridder bisschop paus monnik koster meester baas
    knecht kok winter zomer herfst lente mei maart april juni juli augustus januari
    maandag dinsdag woensdag donderdag vrijdag zaterdag zondag dag nacht morgen
    avond week jaar tijd mooi lief boos blij wijs slim stout sterk zwak ziek beter
    best leven dood liefde hoop geloof vrede vrijheid roos bloem blom lelie iris
    viooltje fleur den eik beuk linde berk appel peer kers hond kat vos wolf leeuw
    beer haas konijn vogel vink mus valk arend haan kip gans vis snoek bot storm
    wind regen sneeuw zon maan ster licht schat engel hart hand voet hoofd been mond
    oog oor neus baard bril jas hoed mantel schoen das pet steen zand klei ijzer
    goud zilver koper staal glas hout papier brood boter kaas melk wijn bier zout
    peper suiker honing spek ham ei koek taart pot pan ketel lepel rust moed trots
    eer geluk zorg werk geld brief post bode pen boek blad plaats plein weg straat
    laan pad hoek kant rand eind begin midden noord zuid oost west noorden zuiden
    oosten westen boven onder hoog laag recht krom scherp stomp rond vol leeg hij
    zij wij jij ik die dit dat deze er hier daar waar wie wat hoe ja nee niet geen
    alle alles ander andere elk elke ieder iedere enkele enige eigen zelf samen
    alleen even nooit altijd soms vaak weer nog pas net juist echt zeker misschien
    gewoon eigenlijk gelukkig helaas jammer bedankt dank hallo hoi groet groeten
    groetjes geachte goede goedemorgen goedemiddag goedenavond welkom sorry help
    stop start ga kom zie hoor voel denk weet zeg vraag lees schrijf bel mail app
    stuur geef neem maak doe sta zit lig loop rijd val vang trek duw til draag houd
    hou lach huil slaap eet drink word ben bent is was waren had heb hebt heeft
    hebben kon konden zou zouden moest moesten mocht wilde wou ging gingen kwam
    kwamen deed deden zei zeiden zag kreeg nam gaf lag stond zat liep viel bleef
    hield liet riep sliep at dronk drie vier vijf zes zeven acht negen tien twee een
    arts dokter hulp dame heer moeder vader zoon dochter kind broer zus tante oom
    oma opa neef nicht buur buurman buurvrouw vriend vriendin collega chef client
    cliënt patient patiënt belt belde ton bond pool deen zweed fries moor turk door
    rest mensen leden ouders kinderen vrouwen mannen meiden jongens team groep club
    top pech hulde mits tenzij zodra zolang terwijl omdat doordat opdat nadat
    voordat ad ed an do jo bo ko ma pa ra sa ti to wen rap fit fee fan bas gift
    basis der del max sam pim siem bram dirk mark frank grace hope joy faith
    christen santa aan pos grond regeling rol persoon stan land burgers kader boeren
    eisen vallen middel lange bouwen bouw nader breed box stap taal baten leveringen
    kent banken spoor nota baan prijs mens fase slag kamer daling meter punt burger
    kampen men kost hoeven maat tabak kolen ernst koers bron slot scholing neven
    talen vliegen kop harder fabriek koppen winkel diesel koop klaar kunst ramp volk
    islam woord bod korten bank trouw olie fin achten kern bekers rijks schakel
    verwijs verwijst spel handels ras sluis stil louter streng ronde haast immers
    bus schoon rijk rijke goedkoop vissers weerstand oranje zonne erven boot
    verhoogt dekens link brand rook vlek krabben pomp voeten bouwers stelling vervat
    netten bijen koets plat wiel voorbij spits broers vogels lokken schotten
    schimmel knop hof profijt harte brak stok sier straten stapel remmen meesters
    kraai blik stal worst constant kraan wassen blok bloot schippers pak gras knoop
    hovenen heilig keus krap woud lek deken kappers mijnen kiem schijf list borst
    stuit westers schijven kamp haver vermaak steeg kas lot schop spil pruim brons
    jongste oudste bakkers vlieg tak grote kleine oude jonge nieuwe ding dingen
    lepels stoel keuken kuur het des ten ter hem hen iets via per
    gem ken bene portier
    """)
# Illnesses that carry a name, where nobody is meant.
EPONYMS = word_set("""
    graves crohn lyme ehlers danlos ehlers-danlos addison parkinson alzheimer
    huntington sjögren sjogren hashimoto down rett angelman dravet lewy raynaud
    bechterew cushing asperger tourette duchenne marfan turner klinefelter ménière
    meniere hodgkin kahler waldenström behçet behcet guillain barré guillain-barré
    fabry gaucher pompe prader willi prader-willi usher paget peyronie scheuermann
    perthes sudeck tietze whipple barrett chiari charcot charcot-marie-tooth
    korsakov creutzfeldt jakob creutzfeldt-jakob wernicke noonan williams wilson
    still bell baker becker lennox gastaut lennox-gastaut west stargardt sarcoïdose
    besnier boeck kawasaki kugelberg welander wegener weil pfeiffer osgood schlatter
    hirschsprung horton takayasu leber best peutz jeghers lynch gilbert morton
    dupuytren quervain kienböck osler weber rendu vonwillebrand willebrand hunter
    hurler sanfilippo batten friedreich steinert pick binswanger landau kleffner
    digeorge moebius goldenhar apert crouzon treacher stickler sotos bardet biedl
    alport brugada duchennes buerger felty caplan reiter scheie tay sachs niemann
    zellweger gilles
    """)
# Sayings, figures and brands with a first name in them.
NOBODY = phrases("""
    Jan Modaal; Jan Publiek; Jan Rap; Jan Salie; Jan Lul; Jan Doedel; Jan Klaassen;
    Jan met de pet; Jan en alleman; Jan Boezeroen; Jan Soldaat; Jan Linders; Jantje
    Beton; Jantje Contrarie; Jantje van Leiden; Joost mag; Pietje Precies; Pietje
    Puk; Pietje Bell; Piet Snot; Zwarte Piet; Willem Wever; Truus de Mier; Klaas
    Vaak; Sint Nicolaas; Sint Maarten; Sinterklaas; dokter Google; Dokter Google;
    dr. Google; Dr. Google; dr Google; Dr Google; dr. Phil; Dr. Phil; Magere Hein;
    Van Dale; E. Coli; Moeder Natuur; moeder Natuur; Moeder Aarde; Moeder Teresa;
    Vrouwe Justitia; Vrouw Holle; Vadertje Staat; vadertje Staat; Tante Pos;
    Barbertje; Holle Bolle Gijs; Malle Pietje; Frau Antje; Jip en Janneke; Bassie en
    Adriaan; Peppi en Kokki; Ot en Sien; Bert en Ernie; Repelsteeltje; Assepoester;
    Roodkapje; Hans en Grietje; Don Quichot; Harry Potter; Sherlock Holmes; Kafka;
    Rembrandt; Sisyphus; Albert Heijn; Dirk van den Broek; Zilveren Kruis; De
    Friesland; Van der Valk; Douwe Egberts; Max Havelaar; Tony's Chocolonely; Tommy
    Hilfiger; Peter Stuyvesant; Ben & Jerry's; Thomas Cook; Gamma; Karwei; Hema;
    Wibra; Zeeman; Blokker; Lidl; Aldi; Jumbo; Kruidvat; Etos; Ziggo; Philips; Siri;
    Alexa; Teams; Lions; Rotary; Kiwanis; Soroptimisten; Rode Kruis; Medipoint;
    Welzorg; Vegro; Harting
    """)
# Municipalities that the list of deduce has under an older name (TOOI register).
MORE_MUNICIPALITIES = (
    "Den Haag",
    "Den Bosch",
    "De Fryske Marren",
    "Dantumadiel",
    "Tytsjerksteradiel",
    "Nuenen, Gerwen en Nederwetten",
)
# Where many come from: that tells nobody apart.
COUNTRIES = word_set("""
    Nederland België Duitsland Frankrijk Engeland Spanje Portugal Italië Polen Oekraïne
    Rusland Turkije Marokko Suriname Indonesië Syrië Irak Iran Eritrea Somalië Ghana
    Curaçao Aruba Bonaire China India Amerika Europa Afrika Azië Holland Randstad
    """)
# Municipalities that are words: in small letters no place is meant.
WORDS_TOO = word_set("houten bergen hulst laren horst heel handel weert")
# Bodies of the whole country: an authority or a firm that everybody deals with.
NATIONAL = word_set("""
    centrale cbr skgz rdw nvwa kvk ap crvb autoriteit nationale gvb
    uwv svb cak ciz duo ggd ggz rivm igj nza vng vws szw cbs knmg khonraad valys
    transvision ind coa raad rechtbank vgz cz dsw ohra onvz fbto menzis asr unive
    interpolis achmea zilveren zorgkantoor zorgverzekeraar gemeente provincie rijk
    ministerie belastingdienst politie brandweer ambulance leger veilig mee
    humanitas slachtofferhulp kamer tweede eerste europese medipoint welzorg vegro
    harting meyra philips apple google marktplaats bol facebook instagram whatsapp
    ns ov wmo wlz wia pgb wajong zvw aow avg cvs me ms als nah adhd ass copd reuma
    eu nl
    """)

# What an institution is, before its name. By the end of the word.
HEADS = endings("""
    ziekenhuis gasthuis stichting praktijk apotheek school college lyceum gymnasium
    kliniek thuiszorg zorggroep zorgboerderij verpleeghuis verzorgingshuis
    zorginstelling hotel restaurant café brasserie bakkerij slagerij garage bedrijf
    uitgeverij logeerhuis hospice centrum dagbesteding buurthuis wijkhuis
    kinderdagverblijf peuterspeelzaal kerk parochie moskee sportclub
    voetbalvereniging waterschap hoogheemraadschap huize maatschap manege atelier
    drukkerij kwekerij camping firma bouwgroep zorgorganisatie woonvorm
    scholengemeenschap instituut poli polikliniek koor orkest harmonie fanfare fysio
    fysiotherapie tandartsen huisartsen huisartsenpost kinderopvang bso hogeschool
    universiteit academie museum theater bibliotheek supermarkt kapsalon
    uitzendbureau advocatenkantoor accountants makelaardij hoveniersbedrijf
    transport residentie vereniging coöperatie thuishulp corporatie wooncentrum
    jeugdinstelling gezinshuis revalidatiecentrum werkplaats therapie opvang logopedie
    """)
SCHOOLS = word_set(
    "CBS OBS PCBS RKBS KBS ROC SBO VSO SG MC UMC AZC FPK FPC FPA PAAZ GGZ MTS"
)
# Hospitals that everybody calls by these letters or this one word.
HOSPITALS = word_set("""
    OLVG LUMC UMCG UMCU AMC VUmc VUMC MUMC MUMC+ CWZ ETZ MST ZGT HMC NKI Isala Amphia
    Bravis Rijnstate Dijklander Elkerliek Viecuri VieCuri Zuyderland Bernhoven Treant
    Tjongerschans Saxenburgh Franciscus IJsselland Haga Catharina Radboud
    """)
# Surnames too, but behind a title they are what they are: "mevrouw wil niet".
NEVER_TITLED = word_set("""
    wil kan mag moet zal dan nu wel ook al op in uit van voor bij met om te en of maar
    want dus toen als na tot heel veel weinig meer minder help stop start ga kom zie
    hoor voel denk weet zeg vraag lees schrijf bel mail app stuur geef neem maak doe sta
    zit lig loop had heb hebt heeft was is ben niet geen alle alles daar hier waar wie
    wat hoe die dit dat deze er ja nee zij hij wij jij ik mijn zijn haar hun samen
    alleen even nooit altijd soms vaak weer nog pas net echt zeker gewoon bedankt dank
    zorg blij boos ziek beter goed lief mooi jong oud zonder onder boven
    """)
# Before the name of an employer, which then stands by itself.
WORKPLACES = word_set("""
    magazijn kantine kantoor fabriek werkgever baas aanbieder zorgaanbieder
    vervoerder
    """)
# What an institution is, as the last word of its name.
TAILS = word_set("""
    gasthuis ziekenhuis zorg thuiszorg zorggroep college lyceum school mc umc kliniek
    koeriers logistiek transport bouw bouwgroep groep installatie installaties
    installatietechniek techniek schoonmaak catering kinderopvang advocaten accountants
    makelaars apotheek praktijk fysiotherapie holding services beheer verhuur hoveniers
    metaal staal foods food groothandel uitzendbureau tandartsen huisartsen
    dierenkliniek orkest koor taxi reizen tours verpakkingen textiel meubelen schilders
    elektro automotive onderwijs administratie opleidingen media software consultancy
    advies studio keukens tuinen bloemen slagerij bakkerij garage autobedrijf
    dienstverlening detachering beveiliging vastgoed welzijn wonen psychiatrie bv b.v
    vof v.o.f nv n.v
    """)
# In one word: Vlietumc, Zeeveldcollege.
COMPOUNDS = endings(
    "college lyceum gymnasium gasthuis ziekenhuis umc kliniek zorg praktijk"
)
NO_COMPOUND = word_set("""
    jeugdzorg thuiszorg wijkzorg ouderenzorg gehandicaptenzorg jeugdgezondheidszorg
    zorg gezondheidszorg mantelzorg nazorg voorzorg verzorg bezorg respijtzorg
    nachtzorg dagzorg kraamzorg mondzorg spoedzorg basiszorg ketenzorg
    eerstelijnszorg palliatievezorg ziekenhuis streekziekenhuis kinderziekenhuis
    kliniek polikliniek dagkliniek kerk college lyceum gymnasium gasthuis klooster
    umc meerzorg intensievezorg huisartsenzorg
    """)

# Of these a place, choir, church or school has one. By the end of the word.
OFFICES = endings("""
    dirigent dirigente organist organiste koster hoofdmeester schoolhoofd dominee
    predikant pastoor imam molenaar wachter havenmeester voorzitter penningmeester
    secretaris functionaris commandant boswachter jachtopziener beiaardier
    stadsdichter dorpsdichter omroeper uitbater uitbaatster kastelein kroegbaas
    eigenaar eigenares oprichter oprichtster beheerder directeur directrice rector
    conrector conciërge bibliothecaris bibliothecaresse archivaris conservator keeper
    kampioen kampioene postbode veerman bestuurslid burgemeester
    """)
# Of these there may be more.
PROFESSIONS = endings("""
    smid meester juf arts apotheker verloskundige vroedvrouw notaris bakker slager
    visser herder boer boerin imker kapper kapster schipper machinist loods agent
    beeldhouwer beeldhouwster schilder schilderes blazer bouwer maker maakster trainer
    trainster leider leidster coach docent docente leraar lerares hoogleraar lector
    logopedist therapeut psycholoog psychiater verpleegkundige loodgieter timmerman
    metselaar piloot kapitein stuurman chauffeur fotograaf fotografe journalist
    journaliste redacteur presentator presentatrice zanger zangeres pianist pianiste
    violist violiste trompettist trompettiste cellist celliste schrijver schrijfster
    dichter dichteres stationschef casemanager uitvinder rechter officier griffier
    deurwaarder barman barvrouw winkelier kruidenier
    """)
# Who does something, by the end of the word.
AGENTS = endings("er ster ist iste ant ante eur euse aar or man vrouw sopraan tenor")
