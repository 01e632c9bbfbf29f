"""What it is about and what goes wrong, in the words of every day.

Two people with one trouble seldom choose the same words. One asks for a "poetshulp",
another for somebody to do the windows: both for help in the house. One waits, another
has heard nothing yet. A kind brings them together.

The kinds follow the laws and the headings of complaints below; the words are ours, as
anybody speaks.

Source, of matters: what the Wmo 2015, Wlz, Zvw, WIA, Ziektewet, Participatiewet,
Jeugdwet, Leerplichtwet and Regeling gehandicaptenparkeerkaart provide. Of troubles:
Gillespie and Reader, The Healthcare Complaints Analysis Tool, BMJ Quality and Safety
2016; Nationale ombudsman, Behoorlijkheidswijzer.
"""

from __future__ import annotations

import re

from achterban.rules.sorting import Label

# A kind on each line, with its words. A word also stands for longer ones that begin
# with it; one that ends in a full stop stands alone (``sorting.Label``).
_MATTERS = """
help in the house: poetshulp, schoonmaak, schoonmaken, schoongemaakt, stofzuig, dweil,
  ramen., ramen lappen, poets, gepoetst, huishoud, hulp in de huishouding, hulp thuis,
  thuishulp, werkster, schoon huis, bed verschonen, de was, wasgoed, strijken,
  strijkgoed, afwas, afstoffen, stof., soppen, boenen, boodschappen, koken., vloer, het
  huis schoon, opruimen
personal care: wijkverpleging, wijkverpleegkundige, douchen, gedoucht, douchebeurt,
  aankleden, aangekleed, wassen., gewassen, thuiszorg, steunkousen, verzorgende,
  verzorging, wondzorg, katheter, stoma, zwachtel, insuline, uit bed helpen, nachtzorg,
  zuster, palliatieve
guidance: begeleider, begeleiding, ondersteuner, dagbesteding, dagopvang,
  maatschappelijk, cliëntondersteun, onafhankelijk, structuur aanbrengen, casemanager,
  ambulant, vertrouwenspersoon, meedenkt, meedenken, raadsvrouw, raadsman
the talk at home: keukentafel, gesprek., gespreksverslag, consulent, onderzoeksverslag,
  op huisbezoek, intake, vragenlijst, vragen stellen, plan van aanpak,
  ondersteuningsplan
house: traplift, trap., drempel, woning, woningaanpassing, badkamer, toilet, douche.,
  aanbouw, verbouw, woningcorporatie, corporatie, verhuurder, huurwoning, huurhuis,
  huurder, urgentie, gelijkvloers, aangepaste woning, appartement, flat., plafondlift,
  inloopdouche, beugel, beneden slapen, boven slapen, slaapkamer, deuropener,
  verhuiskosten
wheelchair: rolstoel, duwrolstoel, sportrolstoel, ligrolstoel, handbewogen, joystick,
  kantelverstelling, zitting, zitorthese, hoofdsteun, beensteun
mobility scooter: scootmobiel, scootmobile, driewiel, accu, elektrische fiets, handbike,
  aangepaste fiets
bed and bath: hoog-laag, postoel, douchestoel, matras, tillift, hoog laag,
  toiletverhoger, hooglaag, antidecubitus
walking aid: rollator, kruk., krukken, wandelstok, looprek, trippelstoel, prothese,
  orthese, brace, schoenen, spalk
parking card: parkeerkaart, gpk., invalidenkaart, gehandicaptenkaart, loopafstand, 100
  meter, honderd meter, kaarthouder
parking place: parkeerplaats, parkeerplek, parkeervak, kentekenplaat, parkeervergunning,
  plek voor de deur, plaats voor de deur, kenteken., parkeren, geparkeerd,
  invalidenplaats, invalidenparkeer
taxi: taxi, chauffeur, regiotaxi, valys, busje., deelvervoer, vervoerspas, taxipas,
  centrale., deelrit, instappen, omweg
pupils' transport: leerlingenvervoer, schoolbus, schoolvervoer, schooltaxi
train and bus: trein., treinreis, station, perron, lijnbus, halte., openbaar vervoer,
  openbaar, vervoer, metro, tram.
budget: pgb, budgethouder, trekkingsrecht, zorgovereenkomst, zorgverlener,
  vertegenwoordiger, declareren, declaratie, uurtarief, tarief, persoonsgebonden budget,
  zorg in natura, budgetplan, uitbetaal, uitbetaling, informele hulp, zelf inkopen,
  salaris
sick pay: ziektewet, ziekgemeld, ziekmelding, ziekteverzuim, loondoorbetaling,
  eerstejaars, bedrijfsarts, arbo, poortwachter, verzuim., ziek gemeld
disability benefit: wia, wao., iva, wga, wajong, arbeidsongeschikt, uitkering, dagloon,
  duurzaam, volledig afgekeurd, afgekeurd
examination: verzekeringsarts, keuringsarts, keuring, gekeurd, belastbaar,
  belastbaarheid, medisch onderzoek, medisch advies, herkeuring, spreekkamer,
  functionele mogelijkheden
work that could be done: arbeidsdeskundige, functies., functie., restcapaciteit,
  verdiencapaciteit, geduid, duiden, beroepen, procent arbeidsongeschikt
advance: voorschot, terugbetalen, terugvordering, teruggevorderd, terugvorder,
  terugvragen, verrekend, verrekenen, te veel ontvangen, ten onrechte ontvangen
return to work: re-integr, reintegr, opbouwschema, opbouwen, werkhervatting, spoor,
  arbeidstherapeutisch, urenopbouw, uren opbouwen, hervatten, passend werk
welfare: bijstand, participatiewet, minima, kwijtschelding, toeslag, armoede,
  voedselbank, schuld, incasso, deurwaarder, betalingsregeling, aanmaning, bewind,
  rondkomen, rood staan, spaargeld, bijzondere bijstand, lening
own contribution: cak, abonnementstarief, eigen bijdrage, eigen risico, automatische
  incasso, naheffing
insurer: verzekeraar, polis, aanvullend, basispakket, basisverzekering, restitutie,
  machtiging, gecontracteerd, zorgpolis, vergoed, vergoeding, zorgkosten, premie
physiotherapy: fysio, oefentherap, manueel, chronische lijst, revalidatie, revalideren,
  zittingen, behandelingen
occupational therapy: ergotherap, logoped, dietist, diëtist
medicine: medicijn, medicatie, geneesmiddel, pillen, pil., apothe, recept.,
  preferentiebeleid, bijwerking, off-label, tablet, merk., dosering, fabrikant, doosje,
  werkzame stof, merkloos, leverbaar
general practitioner: huisarts, dokter, spreekuur, praktijkondersteuner, huisartsenpost,
  praktijk., assistente, dokterspost
hospital: ziekenhuis, poli., polikliniek, specialist, internist, neuroloog, cardioloog,
  reumatoloog, longarts, verwijsbrief, doorverwezen, doorverwijzing, verwijzing,
  afspraak bij, academisch
admission: opname, opgenomen, verpleegafdeling, afdeling., verpleegkundige, zaal.,
  eenpersoonskamer, kamer., ontslagen, ontslag uit, bezoekuur, operatie, nacht.
emergency: ambulance, spoedeisend, spoedpost, spoed., seh, 112
diagnosis: diagnose, onderzoeken., scan, mri, bloedonderzoek, bloed., uitslag,
  expertisecentrum, symptomen, niets gevonden, onderzocht
mental care: ggz, psychiater, psycholoog, therapie, cognitieve, gedragstherapie,
  psychosomatisch, cgt
dentist: tandarts, gebit, kies., kiezen, mondzorg, kaakchirurg, mondhyg, tanden,
  kunstgebit, prothese
informal care: mantelzorg, zorgverlof, naasten., mijn man zorgt, mijn vrouw zorgt,
  zorgen voor
respite care: respijt, logeeropvang, logeerhuis, kortdurend verblijf, vervangende zorg,
  logeren
nursing home: verpleeghuis, wlz, ciz., zorgkantoor, langdurige zorg, zorgprofiel
attending school: school, leerplicht, leerling, verzuim, thuiszit, lessen, klas.,
  samenwerkingsverband, passend onderwijs, mentor, leerkracht, juf, meester.
school at a distance: afstandsonderwijs, thuisonderwijs, livestream, digibord, online,
  les, op afstand, meekijken, camera, laptop, robot
study: student, studie, tentamen, universiteit, hogeschool, studiefinanciering, duo.
child protection: veilig thuis, jeugdbescherming, kinderbescherming, kindermishandeling,
  zorgmelding, voogd, ondertoezichtstelling, uithuisplaats
youth care: jeugdhulp, jeugdteam, jeugdzorg, jeugdarts, kinderarts, jeugdwet
voting and counter: stembureau, stemlokaal, loket, balie, gemeentehuis, stadhuis,
  paspoort
online counter: digid, inloggen, portaal, webformulier, machtigen, smartphone,
  e-mailadres
assistance dog: hulphond, assistentiehond
energy: energierekening, stookkosten, stroom., energietoeslag
"""
_TROUBLES = """
waiting: wachten, wachttijd, wachtlijst, wachtrij, gewacht, wacht., vertraging,
  vertraagd, duurt, duurde, uitgesteld, uitstel, doorlooptijd, levertijd, maandenlang,
  jarenlang, nog steeds niet, nog altijd niet, nog niets gehoord, geen antwoord, te
  laat, wekenlang, op zich wachten, eerstvolgende, over een half jaar, over een jaar,
  aan de beurt, verlopen, overschreden
refused: afgewezen, afwijzing, afwijzen, wees af, wijst af, geweigerd, weigert,
  weigeren, weigering, bezwaar, beroep., rechter, voorliggend, geen recht, niet
  toegekend, niet in aanmerking, zei nee, kreeg nee, nul op het rekest, mag niet, mocht
  niet, kan niet zomaar, geen indicatie, niet vergoed, vergoeden niet
less: gekort, korting., minder., gehalveerd, verlaagd, verlaging, stopgezet, stopzet,
  gestopt, ingetrokken, beëindigd, bezuinig, teruggebracht, afgebouwd, geschrapt,
  verminder, eraf, nog maar
costs: betalen, betaald, betaal., kosten, kost., euro, rekening, factuur, facturen,
  duur., duurder, bijdrage, geld., spaargeld, leges, prijs, bedrag, voorschieten,
  voorgeschoten, onbetaalbaar, uit eigen zak, zelf betalen, gratis, bijbetalen
nobody there: personeelstekort, personeelsgebrek, onderbezet, uitgevallen, invaller,
  vervanging, vervanger, patiëntenstop, cliëntenstop, opnamestop, vol., geen personeel,
  niemand beschikbaar, geen mensen, niemand kwam, komt niemand, kwam niemand, niet
  opdagen, geen plek, geen plaats, neemt geen nieuwe, nemen geen nieuwe, tekort aan,
  onbemand, afgebeld, afgezegd, ziek gemeld, komt niet
always another: wisselend, wisseling, inwerken, steeds een ander, telkens een ander,
  elke keer een ander, iedere keer een ander, weer een ander, steeds iemand anders,
  nieuw gezicht, nieuwe gezichten, vast gezicht, vaste hulp, uitleggen, vreemde.,
  vreemden, verschillende mensen, steeds weer nieuwe, vaste begeleider
broken: kapot, stuk., defect, storing, reparatie, repareren, gerepareerd, lekke, lek.,
  doet het niet, deed het niet, monteur, onderdeel, onderdelen, begaf het, onderhoud,
  versleten
does not fit: ongeschikt, past., passend, verkeerd, maat., aanpassing, aangepast, te
  klein, te groot, niet geschikt, helpt niet, standaard, maatwerk, doorgemeten,
  aangemeten
not believed: geloofd, geloven, gelooft, aanstel, psychisch, psycholoog, stress,
  burn-out, onbegrip, serieus, afgewimpeld, weggewuifd, onzichtbaar, tussen de oren,
  tussen mijn oren, tussen je oren, valt wel mee, ziet er goed uit, niet erkend, erkend,
  erkenning, bestaat niet, inbeelding, hypochonder, motivatie, ongeloof, ongelovig,
  objectiveerbaar, gezond uit, niks te zien, niets te zien, meer bewegen
over again: opnieuw, herindicatie, herbeoordeling, herkeuring, herhalen, verlengen,
  verlenging, jaarlijks, elk jaar, ieder jaar, steeds weer, telkens weer, weer bewijzen,
  weer aanvragen, geneest niet, wordt niet beter, zoveelste keer, van voren af aan,
  alweer, voor de derde keer, voor de vierde keer, ongeneeslijk, chronisch
too much: uitgeput, uitputting, belastbaar, prikkel, overprikkeld, crash, terugslag,
  bijkomen, inspanning, zwaarder, te lang, te zwaar, te druk, dagen op bed, weken op
  bed, lag ik plat, plat., instorten, ingestort, bijgekomen, energie, kapot van
surroundings: licht., lampen, lamp., lawaai, herrie, geluid, rust., stil., stilte,
  donker.
not told: onbekend, toevallig, informatie, voorlichting, bestond, wist niet, wisten
  niet, niemand vertel, niemand had, nooit verteld, niet verteld, nooit gehoord, had ik
  dat geweten, niemand wist, per ongeluk, niet gewezen, nergens op, hoorde ik van, via
  via, lotgenoten
wrong on paper: verslag., rapport, onjuist, fout., fouten, verdraaid, ondertekend,
  ondertekenen, gecorrigeerd, correctie, klopt niet, klopte niet, nooit gezegd, niet
  gezegd, opgeschreven, staat dat ik, stond dat ik, gelogen, zwart op wit, weggelaten
behind a screen: digid, inloggen, website, digitaal, online, app., computer, portaal,
  formulier, uploaden, scherm, wachtwoord, internet, beeldscherm, mail., telefonisch,
  sms
moved: verhuisd, verhuizing, verhuizen, vorige gemeente, andere gemeente, nieuwe
  gemeente
nobody answers: bereikbaar, onbereikbaar, terugbel, teruggebeld, bandje, kiesmenu,
  doorverbonden, neemt niemand op, nam niemand op, belt niet terug, kastje naar de muur,
  in gesprek, telefoniste, muziekje, wachtmuziek, geen reactie
on the way: reis., reizen, afstand, rit., ritten, omrij, onderweg, ophalen, opgehaald,
  gehaald, halte, kilometer, te ver, ophaaltijd, kwartier, lopen, gelopen, meter.
cannot come: huisbezoek, visite, bedlegerig, aan huis, thuis komen, naar de praktijk,
  langskomen, langs te komen, langs komen, niet naar buiten
those at home: partner., echtgenoot, huisgenoten, inwonend, kinderen., mijn man moet,
  mijn vrouw moet, mijn dochter, mijn zoon, gebruikelijke hulp, gebruikelijk, gezin,
  voltijds, fulltime
work: werkgever, baas., collega, uren., re-integratie, functies, loon, contract,
  ontslag, werken., gewerkt, leidinggevende
no respite: respijt, logeer, vakantie, weekend., oppas, overbelast, adempauze,
  vervangende, even weg, mantelzorger, omvallen, omgevallen, slaap ik, doorslapen
no cooperation: coördin, coordin, langs elkaar heen, doorgestuurd, doorsturen,
  overleggen, overlegt, samenwerk, verantwoordelijk
manners: onbeschoft, grof, snauw, neerbuigend, respectloos, uitgelachen, zuchtte,
  onvriendelijk, toon., bot., lachte, brutaal, kortaf
threat: dreig, boete, dwang, sanctie, gedwongen, bang., angst, gedreigd, straf
private: privacy, inzage, meegelezen, doorgegeven, toestemming, medische gegevens,
  vertrouwelijk
went well: dank., bedankt, geweldig, fijn., compliment, blij., prima, eindelijk gelukt,
  pluim, petje af, opgelucht, netjes, keurig
"""


def _labels(written: str) -> tuple[Label, ...]:
    lines = re.sub(r"\n  ", " ", written).strip().splitlines()
    kinds = (line.split(": ") for line in lines)
    return tuple(Label(kind, tuple(words.split(", "))) for kind, words in kinds)


MATTERS, TROUBLES = _labels(_MATTERS), _labels(_TROUBLES)
