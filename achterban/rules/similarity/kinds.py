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
help in the house: poetshulp, schoonmaak, schoonmaken, stofzuig, dweil, ramen., poets,
  huishoud, hulp in de huishouding, schoon huis, bed verschonen, de was, het huis schoon
personal care: wijkverpleging, wijkverpleegkundige, douchen, aankleden, wassen.,
  thuiszorg, steunkousen
guidance: begeleider, begeleiding, ondersteuner, dagbesteding, maatschappelijk,
  cliëntondersteun, onafhankelijk, structuur aanbrengen
the talk at home: keukentafel, gesprek., gespreksverslag, consulent, onderzoeksverslag,
  op huisbezoek
house: traplift, trap., drempel, woningaanpassing, badkamer, toilet, douche., aanbouw,
  woningcorporatie, verhuurder, huurwoning, urgentie, gelijkvloers, aangepaste woning
wheelchair: rolstoel, duwrolstoel, sportrolstoel, ligrolstoel
mobility scooter: scootmobiel, scootmobile, driewiel
bed and bath: hoog-laag, postoel, douchestoel, matras, tillift, hoog laag
parking card: parkeerkaart, gpk., invalidenkaart, gehandicaptenkaart, loopafstand, 100
  meter, honderd meter
parking place: parkeerplaats, parkeerplek, parkeervak, kentekenplaat, parkeervergunning,
  plek voor de deur, plaats voor de deur
taxi: taxi, chauffeur, regiotaxi, valys, busje., deelvervoer, vervoerspas
pupils' transport: leerlingenvervoer, schoolbus, schoolvervoer, schooltaxi
train and bus: trein., treinreis, station, perron, lijnbus, halte., openbaar, vervoer
budget: pgb, budgethouder, trekkingsrecht, zorgovereenkomst, zorgverlener,
  vertegenwoordiger, declareren, uurtarief, persoonsgebonden budget, zorg in natura
sick pay: ziektewet, ziekgemeld, ziekmelding, ziekteverzuim, loondoorbetaling,
  eerstejaars, bedrijfsarts, arbo
disability benefit: wia, wao., iva, wga, wajong, arbeidsongeschikt, verzekeringsarts,
  keuringsarts, arbeidsdeskundige, keuring, belastbaarheid, functies., restcapaciteit,
  duurzaam
advance: voorschot, terugbetalen, terugvordering, teruggevorderd, verrekend
return to work: re-integr, reintegr, opbouwschema, werkhervatting, spoor,
  arbeidstherapeutisch
welfare: bijstand, participatiewet, minima, kwijtschelding, toeslag, armoede,
  voedselbank, schuld, incasso, deurwaarder, betalingsregeling
own contribution: cak, abonnementstarief, eigen bijdrage, eigen risico
insurer: verzekeraar, polis, aanvullend, basispakket, basisverzekering, restitutie,
  machtiging, gecontracteerd, zorgpolis
physiotherapy: fysio, oefentherap, manueel
occupational therapy: ergotherap, logoped, dietist, diëtist
medicine: medicijn, medicatie, geneesmiddel, pillen, apothe, recept., preferentiebeleid,
  bijwerking, off-label, tablet
general practitioner: huisarts, dokter, spreekuur, praktijkondersteuner, huisartsenpost,
  praktijk., assistente
hospital: ziekenhuis, poli., polikliniek, specialist, internist, neuroloog,
  verwijsbrief, doorverwezen, doorverwijzing, verwijzing
admission: opname, opgenomen, verpleegafdeling, verpleegkundige, zaal.,
  eenpersoonskamer, kamer., ontslagen
emergency: ambulance, spoedeisend, spoedpost, spoed., seh, 112
diagnosis: diagnose, onderzoeken., scan, mri, bloedonderzoek, uitslag, expertisecentrum
mental care: ggz, psychiater, psycholoog, therapie, cognitieve, gedragstherapie
dentist: tandarts, gebit, kies., kiezen, mondzorg, kaakchirurg, mondhyg
informal care: mantelzorg, zorgverlof
respite care: respijt, logeeropvang, logeerhuis, kortdurend verblijf, vervangende zorg
nursing home: verpleeghuis, wlz, ciz., zorgkantoor, langdurige zorg, zorgprofiel
attending school: school, leerplicht, leerling, verzuim, thuiszit, lessen, klas.,
  samenwerkingsverband, passend onderwijs
school at a distance: afstandsonderwijs, thuisonderwijs, livestream, digibord, online,
  les, op afstand
study: student, studie, tentamen, universiteit, hogeschool, studiefinanciering, duo.
child protection: veilig, thuis, jeugdbescherming, kinderbescherming,
  kindermishandeling, zorgmelding, voogd, ondertoezichtstelling
youth care: jeugdhulp, jeugdteam, jeugdzorg, jeugdarts, kinderarts
voting and counter: stembureau, stemlokaal, loket, balie, gemeentehuis
online counter: digid, inloggen, portaal, webformulier, machtigen
assistance dog: hulphond, assistentiehond
energy: energierekening, stookkosten, stroom., energietoeslag
"""
_TROUBLES = """
waiting: wachten, wachttijd, wachtlijst, wachtrij, gewacht, wacht., vertraging,
  vertraagd, duurt, duurde, uitgesteld, uitstel, doorlooptijd, levertijd, maandenlang,
  jarenlang, nog steeds niet, nog altijd niet, nog niets gehoord, geen antwoord, te laat
refused: afgewezen, afwijzing, afwijzen, geweigerd, weigert, weigeren, weigering,
  bezwaar, beroep., rechter, voorliggend, geen recht, niet toegekend, niet in
  aanmerking, zei nee, kreeg nee
less: gekort, korting., minder., gehalveerd, verlaagd, verlaging, stopgezet, stopzet,
  gestopt, ingetrokken, beëindigd, bezuinig, teruggebracht, afgebouwd, geschrapt,
  verminder, eraf
costs: betalen, betaald, betaal., kosten, kost., euro, rekening, factuur, facturen,
  duur., duurder, bijdrage, geld., spaargeld, leges, prijs, bedrag, voorschieten,
  voorgeschoten, onbetaalbaar, uit eigen zak
nobody there: personeelstekort, personeelsgebrek, onderbezet, uitgevallen, invaller,
  vervanging, vervanger, patiëntenstop, cliëntenstop, opnamestop, vol., geen personeel,
  niemand beschikbaar, geen mensen, niemand kwam, komt niemand, kwam niemand, niet
  opdagen, geen plek, geen plaats, neemt geen nieuwe, nemen geen nieuwe
always another: wisselend, wisseling, inwerken, steeds een ander, telkens een ander,
  elke keer een ander, iedere keer een ander, weer een ander, steeds iemand anders,
  nieuw gezicht, nieuwe gezichten, vast gezicht, vaste hulp
broken: kapot, stuk., defect, storing, reparatie, repareren, gerepareerd, lekke, lek.,
  doet het niet, deed het niet
does not fit: ongeschikt, past., passend, verkeerd, maat., aanpassing, aangepast, te
  klein, te groot, niet geschikt, helpt niet
not believed: geloofd, geloven, gelooft, aanstel, psychisch, psycholoog, stress,
  burn-out, onbegrip, serieus, afgewimpeld, weggewuifd, onzichtbaar, tussen de oren,
  tussen mijn oren, tussen je oren, valt wel mee, ziet er goed uit
over again: opnieuw, herindicatie, herbeoordeling, herkeuring, herhalen, verlengen,
  verlenging, jaarlijks, elk jaar, ieder jaar, steeds weer, telkens weer, weer bewijzen,
  weer aanvragen, geneest niet, wordt niet beter, zoveelste keer
too much: uitgeput, uitputting, belastbaar, prikkel, overprikkeld, crash, terugslag,
  bijkomen, inspanning, zwaarder, te lang, te zwaar, te druk, dagen op bed, weken op
  bed, lag ik plat
not told: onbekend, toevallig, informatie, voorlichting, bestond, wist niet, wisten
  niet, niemand vertel, niemand had, nooit verteld, niet verteld, nooit gehoord, had ik
  dat geweten, niemand wist
wrong on paper: verslag., rapport, onjuist, fout., fouten, verdraaid, ondertekend,
  ondertekenen, gecorrigeerd, correctie, klopt niet, klopte niet, nooit gezegd, niet
  gezegd
behind a screen: digid, inloggen, website, digitaal, online, app., computer, portaal,
  formulier, uploaden, scherm, wachtwoord, internet
moved: verhuisd, verhuizing, verhuizen, vorige gemeente, andere gemeente, nieuwe
  gemeente
nobody answers: bereikbaar, onbereikbaar, terugbel, teruggebeld, bandje, kiesmenu,
  doorverbonden, neemt niemand op, nam niemand op, belt niet terug, kastje naar de muur
on the way: reis., reizen, afstand, rit., ritten, omrij, onderweg, ophalen, opgehaald,
  gehaald, halte, kilometer, te ver
cannot come: huisbezoek, visite, bedlegerig, aan huis, thuis komen, naar de praktijk
those at home: partner., echtgenoot, huisgenoten, inwonend, kinderen., mijn man moet,
  mijn vrouw moet, mijn dochter, mijn zoon
work: werkgever, baas., collega, uren., re-integratie, functies, loon, contract, ontslag
no respite: respijt, logeer, vakantie, weekend., oppas, overbelast, adempauze,
  vervangende, even weg
private: privacy, inzage, meegelezen, doorgegeven, toestemming, medische gegevens
went well: dank., bedankt, geweldig, fijn., compliment, blij., prima, eindelijk gelukt
"""


def _labels(written: str) -> tuple[Label, ...]:
    lines = re.sub(r"\n  ", " ", written).strip().splitlines()
    kinds = (line.split(": ") for line in lines)
    return tuple(Label(kind, tuple(words.split(", "))) for kind, words in kinds)


MATTERS, TROUBLES = _labels(_MATTERS), _labels(_TROUBLES)
