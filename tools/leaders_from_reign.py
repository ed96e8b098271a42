"""Write office_holders/leaders_before_1990.csv and leaders_other.csv from the REIGN list of leaders (MIT licence).

Run: python tools/leaders_from_reign.py [path to leaders_to_2021.csv]
"""
import csv
import glob
import os
import re
import sys
import unicodedata

SOURCE = sys.argv[1] if len(sys.argv) > 1 else '/work/shared/reference/leaders_to_2021.csv'
OUT = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))),
                   'src/communique/actors/data/office_holders')

# Correlates-of-War abbreviations as REIGN writes them -> the codes of states.csv
COW = dict(re.findall(r'(\w+)=([\w-]+)', '''
USA=USA CAN=CAN BHM=BHS CUB=CUB HAI=HTI DOM=DOM JAM=JAM TRI=TTO BAR=BRB DMA=DMA GRN=GRD SLU=LCA SVG=VCT AAB=ATG SKN=KNA
MEX=MEX BLZ=BLZ GUA=GTM HON=HND SAL=SLV NIC=NIC COS=CRI PAN=PAN COL=COL VEN=VEN GUY=GUY SUR=SUR ECU=ECU PER=PER BRA=BRA
BOL=BOL PAR=PRY CHL=CHL ARG=ARG URU=URY UKG=GBR IRE=IRL NTH=NLD BEL=BEL LUX=LUX FRN=FRA MNC=MCO LIE=LIE SWZ=CHE SPN=ESP
AND=AND POR=PRT GFR=DEU GMY=DEU GDR=DDR POL=POL AUS=AUT HUN=HUN CZE=CSK CZR=CZE SLO=SVK ITA=ITA SNM=SMR MLT=MLT ALB=ALB
YUG=YUG SER=SRB MNG=MNE MAC=MKD CRO=HRV BOS=BIH KOS=XKX SLV=SVN GRC=GRC CYP=CYP BUL=BGR MLD=MDA ROM=ROU RUS=RUS EST=EST
LAT=LVA LIT=LTU UKR=UKR BLR=BLR ARM=ARM GRG=GEO AZE=AZE FIN=FIN SWD=SWE NOR=NOR DEN=DNK ICE=ISL CAP=CPV STP=STP GNB=GNB
EQG=GNQ GAM=GMB MLI=MLI SEN=SEN BEN=BEN MAA=MRT NIR=NER CDI=CIV GUI=GIN BFO=BFA LBR=LBR SIE=SLE GHA=GHA TOG=TGO CAO=CMR
NIG=NGA GAB=GAB CEN=CAF CHA=TCD CON=COG DRC=COD UGA=UGA KEN=KEN TAZ=TZA BUI=BDI RWA=RWA SOM=SOM DJI=DJI ETH=ETH ERI=ERI
ANG=AGO MZM=MOZ ZAM=ZMB ZIM=ZWE MAW=MWI SAF=ZAF NAM=NAM LES=LSO BOT=BWA SWA=SWZ MAG=MDG COM=COM MAS=MUS SEY=SYC MOR=MAR
ALG=DZA TUN=TUN LIB=LBY SUD=SDN SSD=SSD IRN=IRN TUR=TUR IRQ=IRQ EGY=EGY SYR=SYR LEB=LBN JOR=JOR ISR=ISR SAU=SAU YAR=YEM
YEM=YEM YPR=YMD KUW=KWT BAH=BHR QAT=QAT UAE=ARE OMA=OMN AFG=AFG TKM=TKM TAJ=TJK KYR=KGZ UZB=UZB KZK=KAZ CHN=CHN TAW=TWN
MON=MNG PRK=PRK ROK=KOR JPN=JPN IND=IND BHU=BTN PAK=PAK BNG=BGD MYA=MMR SRI=LKA MAD=MDV NEP=NPL THI=THA CAM=KHM LAO=LAO
DRV=VNM RVN=SOUTH-VIETNAM MAL=MYS SIN=SGP BRU=BRN PHI=PHL INS=IDN ETM=TLS AUL=AUS PNG=PNG NEW=NZL VAN=VUT SOL=SLB KIR=KIR
TUV=TUV FIJ=FJI TON=TON NAU=NRU MSI=MHL PAL=PLW FSM=FSM WSM=WSM'''))

# Full names: "STATE: name in REIGN=full name;further alias | ..."
NAMES = '''
USA: Truman=Harry Truman;Harry S. Truman | Eisenhower=Dwight Eisenhower;Dwight D. Eisenhower | Kennedy=John F. Kennedy;John Kennedy;JFK | Johnson=Lyndon Johnson;Lyndon B. Johnson | Nixon=Richard Nixon | Ford=Gerald Ford | Carter=Jimmy Carter | Reagan=Ronald Reagan | Bush=George Bush;George H. W. Bush
CAN: St. Laurent=Louis St. Laurent | Diefenbaker=John Diefenbaker | Pearson=Lester Pearson;Lester B. Pearson | Trudeau=Pierre Trudeau;Pierre Elliott Trudeau | Clark=Joe Clark | Turner=John Turner
CUB: Prio Socarres=Carlos Prío Socarrás | Batista=Fulgencio Batista | Castro=Fidel Castro
HAI: Estime=Dumarsais Estimé | Magloire=Paul Magloire | Fignole=Daniel Fignolé | Duvalier, Francois=François Duvalier;Papa Doc | Duvalier, Jean-=Jean-Claude Duvalier;Baby Doc | Namphy=Henri Namphy | Manigat=Leslie Manigat | Avril=Prosper Avril
DOM: Rafael Trujillo (son)=Ramfis Trujillo | Balaguer=Joaquín Balaguer | Bosch=Juan Bosch | Cabral=Donald Reid Cabral | Guzman Fernandez=Antonio Guzmán | Blanco=Salvador Jorge Blanco | Godoy=Héctor García-Godoy
JAM: Bustamante=Alexander Bustamante | Sangster=Donald Sangster | Shearer=Hugh Shearer | Manley=Michael Manley | Seaga=Edward Seaga
TRI: Williams=Eric Williams | Chambers=George Chambers | Robinson=A. N. R. Robinson
BAR: Barrow=Errol Barrow | Adams=Tom Adams | St. John=Bernard St. John
DMA: Eugenia Charles=Eugenia Charles
GRN: Blaize=Herbert Blaize | Jones=Ben Jones
SLU: Compton=John Compton | Louisy=Allan Louisy | Cenac=Winston Cenac
SVG: Cato=Milton Cato
MEX: Aleman Valdes=Miguel Alemán;Miguel Aleman Valdes | Ruiz Cortines=Adolfo Ruiz Cortines | Lopez Mateos=Adolfo López Mateos | Diaz Ordaz=Gustavo Díaz Ordaz | Echeverria Alvarez=Luis Echeverría | Lopez Portillo=José López Portillo | de La Madrid=Miguel de la Madrid
BLZ: Price=George Price | Esquivel=Manuel Esquivel
GUA: Arevalo=Juan José Arévalo | Arbenz Guzman=Jacobo Árbenz | Castillo Armas=Carlos Castillo Armas | Ydigoras Fuente=Miguel Ydígoras Fuentes | Peralta Azurdia=Enrique Peralta Azurdia | Mendez Montenegro=Julio César Méndez Montenegro | Arana Osorio=Carlos Arana Osorio | Laugerud Garcia=Kjell Laugerud García | Lucas Garcia=Romeo Lucas García | Rios Montt=Efraín Ríos Montt | Mejia Victores=Óscar Mejía Víctores | Cerezo=Vinicio Cerezo
HON: Villeda Morales=Ramón Villeda Morales | Lopez Arellano=Oswaldo López Arellano | Melgar Castro=Juan Alberto Melgar Castro | Paz Garcia=Policarpo Paz García | Suazo Cordova=Roberto Suazo Córdova | Azcona Hoyo=José Azcona;Jose Azcona Hoyo
SAL: Sanchez Hernandez=Fidel Sánchez Hernández | Molina=Arturo Armando Molina | Romero Mena=Carlos Humberto Romero | Majano Ramos=Adolfo Majano | Duarte=José Napoleón Duarte;Napoleon Duarte | Magana Borjo=Álvaro Magaña
NIC: Anastasio Somoza Debayle=Anastasio Somoza Debayle;Anastasio Somoza | Shick Gutierrez=René Schick | Guerrero Gutierrez=Lorenzo Guerrero
COS: Otilio Ulate=Otilio Ulate | Figueres Ferrer=José Figueres;Jose Figueres Ferrer | Echandi Jimenez=Mario Echandi | Orlich=Francisco Orlich | Trejos=José Joaquín Trejos | Quiros, Daniel=Daniel Oduber | Carazo Odio=Rodrigo Carazo | Monge Alverez=Luis Alberto Monge | Arias=Óscar Arias
PAN: Arias, A.=Arnulfo Arias | Remon Cantero=José Antonio Remón | Chiari, Roberto=Roberto Chiari | Robles=Marco Aurelio Robles | Torrijos Herrera=Omar Torrijos | Dario Paredes=Rubén Darío Paredes | Noriega=Manuel Noriega | Guardia Jr., E.=Ernesto de la Guardia
COL: Ospina Perez=Mariano Ospina Pérez | Laureanco Gomez=Laureano Gómez | Rojas Pinillia=Gustavo Rojas Pinilla | Lleras Camargo=Alberto Lleras Camargo | Guillermo-Leon=Guillermo León Valencia | Lleras Restropo=Carlos Lleras Restrepo | Pastrana Borrero=Misael Pastrana | Lopez Michelsen=Alfonso López Michelsen | Turbay=Julio César Turbay | Betancur=Belisario Betancur | Vargas=Virgilio Barco
VEN: Delgado Chalbaud=Carlos Delgado Chalbaud | Perez Jimenez=Marcos Pérez Jiménez | Larrazabal=Wolfgang Larrazábal | Betancourt=Rómulo Betancourt | Leoni=Raúl Leoni | Caldera Rodriguez=Rafael Caldera | Andres Perez=Carlos Andrés Pérez | Campins=Luis Herrera Campins | Lusinchi=Jaime Lusinchi
GUY: Burnham=Forbes Burnham
SUR: Ferrier=Johan Ferrier | Bouterse=Desi Bouterse | Shankar=Ramsewak Shankar
ECU: Plaza Lasso=Galo Plaza | Velasco Ibarra=José María Velasco Ibarra | Ponce Enriquez=Camilo Ponce Enríquez | Rodriguez Lara=Guillermo Rodríguez Lara | Roldos Aquilers=Jaime Roldós | Hurtado Larrea=Osvaldo Hurtado | Febres Cordaro=León Febres Cordero | Poveda Burbano=Alfredo Poveda | Arosemena Monroy=Carlos Julio Arosemena Monroy | Arosemena Gomez=Otto Arosemena
PER: Odria=Manuel Odría | Ugarteche=Manuel Prado Ugarteche | Belaunde=Fernando Belaúnde Terry;Fernando Belaunde | Velasco Alvarado=Juan Velasco Alvarado | Morales Bermudez=Francisco Morales Bermúdez | Garcia Perez=Alan García | Perez Godoy=Ricardo Pérez Godoy
BRA: Dutra=Eurico Gaspar Dutra | Vargas=Getúlio Vargas | Cafe Filho=João Café Filho | Kubitschek=Juscelino Kubitschek | Quadros=Jânio Quadros | Goulart=João Goulart | Castello Branco=Humberto Castelo Branco | Costa de Silva=Artur da Costa e Silva | Medici=Emílio Garrastazu Médici | Geisel=Ernesto Geisel | Figueiredo=João Figueiredo | Sarnay=José Sarney
BOL: Siles Zuazo=Hernán Siles Zuazo | Paz Estenssoro=Víctor Paz Estenssoro | Barrientos Ortuna=René Barrientos | Ovando Candia=Alfredo Ovando | Siles Salinas=Luis Adolfo Siles Salinas | Torres=Juan José Torres | Banzer Suarez=Hugo Banzer | Gueiler Tejada=Lidia Gueiler | Garcia Meza Tejada=Luis García Meza | Natusch Busch=Alberto Natusch Busch | Guevara Arze=Wálter Guevara | Padilla Aranciba=David Padilla | Pereda Asbun=Juan Pereda | Torrelio Villa=Celso Torrelio | Vildoso Calderon=Guido Vildoso
PAR: Stroessner=Alfredo Stroessner
CHL: Gonzalez Videla=Gabriel González Videla | Ibanez Campo=Carlos Ibáñez del Campo | Alessandri Rodriguez=Jorge Alessandri | Frei Montalva=Eduardo Frei Montalva;Eduardo Frei | Allende=Salvador Allende | Pinochet=Augusto Pinochet
ARG: Peron=Juan Perón;Juan Domingo Peron | Lonardi=Eduardo Lonardi | Aramburu=Pedro Eugenio Aramburu | Frondizi=Arturo Frondizi | Guido=José María Guido | Ongania=Juan Carlos Onganía | Levingston=Roberto Levingston | Lanusse=Alejandro Lanusse | Campora=Héctor Cámpora | Lastiri=Raúl Lastiri | Peron, Isabel=Isabel Perón;Isabelita Peron;Isabel Martinez de Peron | Videla=Jorge Videla;Jorge Rafael Videla | Viola=Roberto Viola | Galtieri=Leopoldo Galtieri | Bignone=Reynaldo Bignone | Alfonsin=Raúl Alfonsín
URU: Batlle Berres=Luis Batlle Berres | Pacheco Areco=Jorge Pacheco Areco | Bordaberry=Juan María Bordaberry | Mendez Manfredini=Aparicio Méndez | Alvarez Armalino=Gregorio Álvarez | Sanguinetti=Julio María Sanguinetti
UKG: Atlee=Clement Attlee | Churchill=Winston Churchill | Eden=Anthony Eden | MacMillan=Harold Macmillan | Douglas-Home=Alec Douglas-Home | Wilson=Harold Wilson | Heath=Edward Heath;Ted Heath | Callaghan=James Callaghan;Jim Callaghan | Thatcher=Margaret Thatcher
IRE: Costello=John A. Costello;John Costello | de Valera=Éamon de Valera | LeMass=Seán Lemass | Lynch=Jack Lynch | Cosgrave, L.=Liam Cosgrave | Haughey=Charles Haughey | Fitzgerald=Garret FitzGerald
NTH: Drees=Willem Drees | Beel=Louis Beel | de Quay=Jan de Quay | Marijnen=Victor Marijnen | Cals=Jo Cals | Zijlstra=Jelle Zijlstra | De Jong=Piet de Jong | Biesheuvel=Barend Biesheuvel | den Uyl=Joop den Uyl | van Agt=Dries van Agt
BEL: Eyskens, G.=Gaston Eyskens | van Houtte=Jean Van Houtte | van Acker=Achiel Van Acker | Lefevre=Théo Lefèvre | Harmel=Pierre Harmel | Vanden Boeynants=Paul Vanden Boeynants | Leburton=Edmond Leburton | Tindemans=Leo Tindemans | Martens=Wilfried Martens | Eyskens, M.=Mark Eyskens | Pholien=Joseph Pholien
LUX: Dupong=Pierre Dupong | Bech=Joseph Bech | Frieden=Pierre Frieden | Werner=Pierre Werner | Thorn G.=Gaston Thorn
FRN: Bidault=Georges Bidault | Queuille=Henri Queuille | Pleven=René Pleven | Faure=Edgar Faure | Pinay=Antoine Pinay | Mayer=René Mayer | Laniel=Joseph Laniel | Mendes-France=Pierre Mendès France;Pierre Mendes-France | Mollet=Guy Mollet | Bourges-Maunory=Maurice Bourgès-Maunoury | Gaillard=Félix Gaillard | Pflimin=Pierre Pflimlin | De Gaulle=Charles de Gaulle;de Gaulle | Poher=Alain Poher | Pompidou=Georges Pompidou | Giscard D'Estaing=Valéry Giscard d'Estaing;Giscard
LIE: Franz Josef=Franz Joseph II;Prince Franz Joseph
SPN: Franco=Francisco Franco | Juan Carlos=Juan Carlos;King Juan Carlos | Arias Navarro=Carlos Arias Navarro | Suarez Gonzalez=Adolfo Suárez | Calvo-Sotelo=Leopoldo Calvo-Sotelo
POR: Salazar=António de Oliveira Salazar;Antonio Salazar | Caetano=Marcelo Caetano | Spinola=António de Spínola | Costa Gomes=Francisco da Costa Gomes | Eanes=António Ramalho Eanes
GFR: Adenauer=Konrad Adenauer | Erhard=Ludwig Erhard | Kiesinger=Kurt Georg Kiesinger | Brandt=Willy Brandt | Schmidt=Helmut Schmidt
GMY: Kohl=Helmut Kohl
GDR: Ulbricht=Walter Ulbricht | Honecker=Erich Honecker | Krenz=Egon Krenz | Gysi=Gregor Gysi
POL: Bierut=Bolesław Bierut | Ochab=Edward Ochab | Gomulka=Władysław Gomułka | Gierek=Edward Gierek | Kania=Stanisław Kania | Jaruzelski=Wojciech Jaruzelski
AUS: Figl=Leopold Figl | Raab=Julius Raab | Gorbach=Alfons Gorbach | Klaus=Josef Klaus | Kreisky=Bruno Kreisky | Sinowatz=Fred Sinowatz
HUN: Rakoski=Mátyás Rákosi | Gero=Ernő Gerő | Nagy=Imre Nagy | Kadar=János Kádár | Grosz=Károly Grósz | Szuros=Mátyás Szűrös
CZE: Gottwald=Klement Gottwald | Zapotocky=Antonín Zápotocký | Novotny=Antonín Novotný | Dubcek=Alexander Dubček | Svoboda=Ludvík Svoboda | Husak=Gustáv Husák
ITA: de Gasperi=Alcide De Gasperi;De Gasperi | Pella=Giuseppe Pella | Fanfani=Amintore Fanfani | Scelba=Mario Scelba | Segni=Antonio Segni | Zoli=Adone Zoli | Tambroni=Fernando Tambroni | Leone=Giovanni Leone | Moro=Aldo Moro | Rumor=Mariano Rumor | Colombo=Emilio Colombo | Andreotti=Giulio Andreotti | Cossiga=Francesco Cossiga | Forlani=Arnaldo Forlani | Spadolini=Giovanni Spadolini | Craxi=Bettino Craxi | Goria=Giovanni Goria | Mita=Ciriaco De Mita;De Mita
MLT: Olivier=Giorgio Borġ Olivier;George Borg Olivier | Mintoff=Dom Mintoff | Bonnici=Karmenu Mifsud Bonnici
ALB: Hoxha=Enver Hoxha
YUG: Tito=Josip Broz Tito;Marshal Tito | Kolisevski=Lazar Koliševski | Mijatovic=Cvijetin Mijatović | Kraigher=Sergej Kraigher | Stambolic=Petar Stambolić | Spiljac=Mika Špiljak | Djuranovic=Veselin Đuranović;Veselin Djuranovic | Vlajkovic=Radovan Vlajković | Hasani=Sinan Hasani | Mojsov=Lazar Mojsov | Dizarevic=Raif Dizdarević
GRC: Plastiras=Nikolaos Plastiras | S. Venizelos=Sophoklis Venizelos | Papagos=Alexandros Papagos | Karamanlis=Konstantinos Karamanlis;Constantine Karamanlis;Constantine Caramanlis | G. Papandreou=George Papandreou | Papadopoulos=George Papadopoulos;Georgios Papadopoulos | Ionannides=Dimitrios Ioannidis | Rallis=George Rallis | A. Papandreou=Andreas Papandreou | Tzannetakis=Tzannis Tzannetakis | Zolotas=Xenophon Zolotas | Kanellopoulos=Panagiotis Kanellopoulos | Kollias=Konstantinos Kollias | Stephanopoulos=Stephanos Stephanopoulos
CYP: Makarios=Makarios III;Archbishop Makarios | Sampson=Nikos Sampson | Clerides=Glafcos Clerides | Kyprianou=Spyros Kyprianou
BUL: Chervenkov=Valko Chervenkov | Zhivkov=Todor Zhivkov | Mladenov=Petar Mladenov | Kolarov=Vasil Kolarov
ROM: Georghiu-Dej=Gheorghe Gheorghiu-Dej | Ceausescu=Nicolae Ceaușescu
RUS: Stalin=Joseph Stalin;Josef Stalin | Malenkov=Georgy Malenkov | Khrushchev=Nikita Khrushchev;Nikita Khrushchov | Brezhnev=Leonid Brezhnev | Andropov=Yuri Andropov | Chernenko=Konstantin Chernenko | Gorbachev=Mikhail Gorbachev
FIN: Paasikivi=Juho Kusti Paasikivi | Kekkonen=Urho Kekkonen
SWD: Erlander=Tage Erlander | Palme=Olof Palme | Falldin=Thorbjörn Fälldin | Ullsten=Ola Ullsten
NOR: Gerhardsen=Einar Gerhardsen | Torp=Oscar Torp | Lyng=John Lyng | Borten=Per Borten | Bratteli=Trygve Bratteli | Korvald=Lars Korvald | Nordli=Odvar Nordli | Brundtland=Gro Harlem Brundtland | Willoch=Kåre Willoch | Syse=Jan P. Syse
DEN: Hedtoft=Hans Hedtoft | Eriksen=Erik Eriksen | Hansen=H. C. Hansen | Kampmann=Viggo Kampmann | Krag=Jens Otto Krag | Baunsgaard=Hilmar Baunsgaard | Jorgensen=Anker Jørgensen | Hartling=Poul Hartling
ICE: Thors=Ólafur Thors | Benediktsson=Bjarni Benediktsson | Johannesson=Ólafur Jóhannesson | Hallgrimsson=Geir Hallgrímsson | Groendal=Benedikt Gröndal | Thoroddsen=Gunnar Thoroddsen | Hermannsson=Steingrímur Hermannsson | Palsson=Þorsteinn Pálsson;Thorsteinn Palsson | Jonasson=Hermann Jónasson
EQG: Macias Nguema=Francisco Macías Nguema;Macias Nguema
GNB: Cabral=Luís Cabral
MLI: Keita=Modibo Keïta
SEN: Senghor=Léopold Sédar Senghor;Leopold Senghor
BEN: Maga=Hubert Maga | Soglo=Christophe Soglo | Apithy=Sourou-Migan Apithy | Ahomadegbe=Justin Ahomadégbé | Zinsou=Émile Derlin Zinsou
MAA: Ould Daddah=Moktar Ould Daddah | Ould Haidalla=Mohamed Khouna Ould Haidalla | Ould Mohamed Salek=Mustafa Ould Salek
NIR: Diori=Hamani Diori | Kountche=Seyni Kountché
GUI: Toure=Ahmed Sékou Touré;Sekou Toure | Beavogui=Louis Lansana Béavogui
BFO: Yameogo=Maurice Yaméogo | Lamizana=Sangoulé Lamizana | Zerbo=Saye Zerbo | J. P. Ouedraogo=Jean-Baptiste Ouédraogo | Sankara=Thomas Sankara
LBR: Tubman=William Tubman | Tolbert=William Tolbert | Doe=Samuel Doe;Samuel K. Doe
SIE: Margai,M=Milton Margai | Margai, A=Albert Margai | Juxon-Smith=Andrew Juxon-Smith | Stevens=Siaka Stevens
GHA: Nkrumah=Kwame Nkrumah | Ankrah=Joseph Ankrah | Afrifa=Akwasi Afrifa | Busia=Kofi Busia | Acheampong=Ignatius Acheampong | Akuffo=Fred Akuffo | Rawlings=Jerry Rawlings | Limann=Hilla Limann
TOG: Olympio=Sylvanus Olympio | Grunitzky=Nicolas Grunitzky
CAO: Ahidjo=Ahmadou Ahidjo
NIG: Balewa=Abubakar Tafawa Balewa | Ironsi=Johnson Aguiyi-Ironsi | Gowon=Yakubu Gowon | Ramat Mohammed=Murtala Mohammed | Obasanjo=Olusegun Obasanjo | Shagari=Shehu Shagari | Buhari=Muhammadu Buhari
GAB: Mba=Léon M'ba
CEN: Dacko=David Dacko | Bokassa=Jean-Bédel Bokassa;Emperor Bokassa
CHA: Tombalbaye=François Tombalbaye | Malloum=Félix Malloum | Oueddei=Goukouni Oueddei;Goukouni Weddeye | Habre=Hissène Habré
CON: Youlou=Fulbert Youlou | Debat=Alphonse Massamba-Débat | Ngouabi=Marien Ngouabi | Opango=Joachim Yhombi-Opango
DRC: Lumumba=Patrice Lumumba | Mobutu=Mobutu Sese Seko;Joseph Mobutu;Mobutu | Kasavubu=Joseph Kasa-Vubu;Joseph Kasavubu
UGA: Obote=Milton Obote | Amin=Idi Amin;Idi Amin Dada | Binaisa=Godfrey Binaisa | Okello=Tito Okello
KEN: Kenyatta=Jomo Kenyatta
TAZ: Nyerere=Julius Nyerere
BUI: Micombero=Michel Micombero | Bagaza=Jean-Baptiste Bagaza | Mwambutsa=Mwambutsa IV | Ntare=Ntare V
RWA: Kayibanda=Grégoire Kayibanda
SOM: Osman Daar=Aden Abdullah Osman Daar | Shermarke=Abdirashid Ali Shermarke
ETH: Selassie=Haile Selassie;Emperor Haile Selassie | Andom=Aman Andom | Banti=Tafari Benti
ANG: Neto=Agostinho Neto
MZM: Machel=Samora Machel
ZIM: Smith=Ian Smith | Muzorewa=Abel Muzorewa;Bishop Muzorewa
SAF: Malan=Daniel François Malan;D. F. Malan | Strijdom=Johannes Strijdom | Swart=Charles Swart | Verwoerd=Hendrik Verwoerd | Donges=Eben Dönges | Vorster=John Vorster;B. J. Vorster | Botha=P. W. Botha;PW Botha;Pieter Botha;Pieter Willem Botha | Heunis=Chris Heunis
LES: Jonathan=Leabua Jonathan
BOT: Khama=Seretse Khama
SWA: Subhuza II=Sobhuza II;King Sobhuza
MAG: Tsiranana=Philibert Tsiranana | Ramanantsoa=Gabriel Ramanantsoa | Ratsimandrava=Richard Ratsimandrava
COM: Abdallah=Ahmed Abdallah | Soilih=Ali Soilih
MAS: Ramgoolam=Seewoosagur Ramgoolam
SEY: Mancham=James Mancham
MOR: Mohammed V=Mohammed V;King Mohammed V
ALG: Ben Khedda=Benyoucef Benkhedda | Bella=Ahmed Ben Bella;Ben Bella | Boumedienne=Houari Boumédiène;Houari Boumedienne | Bitat=Rabah Bitat
TUN: Muhammad al-Amin=Muhammad VIII al-Amin | Ben Ali Bourguiba=Habib Bourguiba
LIB: Idris=Idris of Libya;King Idris
SUD: Al-Azhari=Ismail al-Azhari | Khalil=Abdallah Khalil | Abboud=Ibrahim Abboud | Maghoub=Muhammad Ahmad Mahgoub | Mahdi=Sadiq al-Mahdi | Nimeiri=Gaafar Nimeiry;Jaafar Nimeiri;Gaafar Nimeiri;Jaafar Numeiri | Abdul Rahman Swaredahab=Abdel Rahman Swar al-Dahab | Al-Mirghani=Ahmed al-Mirghani
IRN: Mohammad Reza=Mohammad Reza Pahlavi;Mohammed Reza Pahlavi;Shah of Iran;the Shah | Mohammad Mossadeg=Mohammad Mosaddegh;Mohammed Mossadegh;Mohammad Mossadegh | Ayatollah Khomeini=Ruhollah Khomeini;Ayatollah Khomeini;Ayatollah Ruhollah Khomeini;Imam Khomeini | Khamenei=Ali Khamenei;Ayatollah Khamenei
TUR: Inonu=İsmet İnönü | Menderes=Adnan Menderes | Gursel=Cemal Gürsel | Urguplu=Suat Hayri Ürgüplü | Demirel=Süleyman Demirel | Erim=Nihat Erim | Melen=Ferit Melen | Talu=Naim Talu | Ecevit=Bülent Ecevit | Irmak=Sadi Irmak | Evren=Kenan Evren | Ozal=Turgut Özal
IRQ: Abdul-Ilah=Abd al-Ilah | Faisal II=Faisal II;King Faisal II | Karrim Kassem=Abdul Karim Qasim;Abdul Karim Kassem;Abd al-Karim Qasim | Salem Aref=Abdul Salam Aref;Abdul Salam Arif | Rahmen Aref=Abdul Rahman Aref;Abdul Rahman Arif | Hassan Al-Bakr=Ahmed Hassan al-Bakr
EGY: Farouk=Farouk of Egypt;King Farouk | Naguib=Mohamed Naguib;Mohammed Naguib | Nasser=Gamal Abdel Nasser | Sadat=Anwar Sadat;Anwar el-Sadat;Anwar al-Sadat
SYR: Shishakli=Adib Shishakli | Atassi, H.=Hashim al-Atassi | Kuwatli=Shukri al-Quwatli | Nasser (president of UAR)=Gamal Abdel Nasser | El-Kudsi=Nazim al-Kudsi | Atassi, L.=Lu'ay al-Atassi | Al-Hafiz=Amin al-Hafiz | El-Atassi, N.=Nureddin al-Atassi
LEB: El Khoury=Bechara El Khoury | Chamoun=Camille Chamoun | Chehab=Fouad Chehab | Helou=Charles Helou | Franjieh=Suleiman Franjieh;Suleiman Frangieh | Sarkis=Elias Sarkis | Gemayel, Amin=Amin Gemayel;Amine Gemayel | Aoun=Michel Aoun | Moawad=René Moawad;Rene Muawad
JOR: Abdullah Al-Hussein=Abdullah I of Jordan;King Abdullah | Ibn Abdullah-Hashim=Talal of Jordan;King Talal | Abdullah El-Hashim=Nayef bin Abdullah
ISR: Ben Gurion=David Ben-Gurion;David Ben Gurion;Ben-Gurion;Ben Gurion | Sharett=Moshe Sharett | Eshkol=Levi Eshkol | Allon=Yigal Allon | Meir=Golda Meir | Rabin=Yitzhak Rabin | Peres=Shimon Peres | Begin=Menachem Begin | Shamir=Yitzhak Shamir
SAU: Aziz=Abdulaziz Ibn Saud;Ibn Saud;King Abdulaziz | Saud=Saud of Saudi Arabia;King Saud | Faisal=Faisal of Saudi Arabia;King Faisal | Khalid=Khalid of Saudi Arabia;King Khalid
YAR: Ibn Yahya Hamid=Ahmad bin Yahya;Imam Ahmad | Al-Badr=Muhammad al-Badr;Imam al-Badr | AL-Sallal=Abdullah al-Sallal | Al-Iryani=Abdul Rahman al-Iryani | Al-Hamadi=Ibrahim al-Hamdi | Al-Ghashmi=Ahmad al-Ghashmi | Saleh al-Hashidi=Ali Abdullah Saleh
YPR: Al-Shaabi=Qahtan al-Shaabi | Ali Rubayyi=Salim Rubai Ali;Salem Rubaya Ali | Ali Nassir Hassani=Ali Nasser Mohammed;Ali Nasir Muhammad | Ismail=Abdul Fattah Ismail | Attas=Haidar Abu Bakr al-Attas
KUW: Abdullah As-Sabah=Abdullah Al-Salim Al-Sabah | Sabah As-Sabah=Sabah Al-Salim Al-Sabah | Jabir As-Sabah=Jaber al-Ahmad al-Sabah;Sheikh Jaber
QAT: Ahmed Ath-Thani=Ahmad bin Ali Al Thani
AFG: Sardar Mohammad Daud Khan=Mohammed Daoud Khan;Mohammad Daud;Mohammed Daoud | Taraki=Nur Muhammad Taraki;Noor Mohammad Taraki | Amin=Hafizullah Amin | Karmal=Babrak Karmal | Mohammad Musa Shafiq=Mohammad Musa Shafiq
CHN: Mao Tse-Tung=Mao Zedong;Mao Tse-tung;Mao;Chairman Mao | Hua Guofeng=Hua Guofeng;Hua Kuo-feng;Hua
MON: Choibalsan=Khorloogiin Choibalsan | Tsedenbal=Yumjaagiin Tsedenbal | Batmonkh=Jambyn Batmönkh
ROK: Rhee=Syngman Rhee | Ho Chong=Heo Jeong;Ho Chong;Huh Chung | Myun Chang=Chang Myon;Chang;John Chang | Chang Do Yong=Chang Do-yong;Chang | Hee Park=Park Chung-hee;Park Chung Hee;Park | Choi Kuy Hay=Choi Kyu-hah;Choi Kyu Hah;Choi | Park Choong Hoon=Park Choong-hoon | Chun Doo Hwan=Chun Doo-hwan;Chun Doo Hwan;Chun
JPN: MacArthur=Douglas MacArthur | Matthew Bunker Ridgway=Matthew Ridgway | Yoshida, Shigeru=Shigeru Yoshida | Hatoyama=Ichirō Hatoyama | Ishibashi=Tanzan Ishibashi | Kishi=Nobusuke Kishi | Ikeda=Hayato Ikeda | Sato=Eisaku Satō | Tanaka=Kakuei Tanaka | Miki=Takeo Miki | Fukuda=Takeo Fukuda | Ohira=Masayoshi Ōhira | Ito=Masayoshi Ito | Suzuki=Zenkō Suzuki | Nakasone=Yasuhiro Nakasone | Takeshita=Noboru Takeshita | Uno=Sōsuke Uno
IND: Nehru=Jawaharlal Nehru | Nanda=Gulzarilal Nanda | Shastri=Lal Bahadur Shastri | Gandhi, I.=Indira Gandhi | Desai=Morarji Desai | Gandhi, R.=Rajiv Gandhi | Pratap Singh=V. P. Singh;Vishwanath Pratap Singh;VP Singh
BHU: Wangchuk, Jigme Dorji=Jigme Dorji Wangchuck
PAK: L. Khan=Liaquat Ali Khan | Nazimuddin=Khawaja Nazimuddin | Mohammed Ali=Mohammad Ali Bogra | Chaudhri M. Ali=Chaudhry Muhammad Ali | Shahid Suhrawardy=Huseyn Shaheed Suhrawardy | Chundrigar=Ibrahim Ismail Chundrigar | Khan Noon=Feroz Khan Noon | Ayub Khan=Ayub Khan;Mohammad Ayub Khan | Yahya Khan=Yahya Khan;Agha Mohammad Yahya Khan | Bhutto=Zulfikar Ali Bhutto | Zia=Muhammad Zia-ul-Haq;Zia ul-Haq;Mohammad Zia ul-Haq;Zia | Ishaq Khan=Ghulam Ishaq Khan | Bhutto Benazir=Benazir Bhutto
BNG: Sheikh Mujib Rahman=Sheikh Mujibur Rahman;Mujibur Rahman;Sheikh Mujib;Mujib | Moshtaque Ahmed=Khondaker Mostaq Ahmad | Sattar=Abdus Sattar | Ershad=Hussain Muhammad Ershad;Hossain Mohammad Ershad
MYA: U Ba Swe=Ba Swe;U Ba Swe
SRI: Senanayake, Don=D. S. Senanayake;Don Stephen Senanayake | Senanayake, Dudley=Dudley Senanayake | Kotelawala=John Kotelawala | Bandaranaike, S.W.R.D.=S. W. R. D. Bandaranaike;Solomon Bandaranaike | Dahanayake=Wijeyananda Dahanayake | Bandaranaike, S=Sirimavo Bandaranaike | Jayewardene=J. R. Jayewardene;Junius Jayewardene;Junius Richard Jayewardene
MAD: Nasir=Ibrahim Nasir
NEP: Tribhuvan=Tribhuvan of Nepal;King Tribhuvan | Mahendra=Mahendra of Nepal;King Mahendra | Birendra=Birendra of Nepal;King Birendra
THI: Plaek Pibulsongkram=Plaek Phibunsongkhram;Phibun;Pibul Songgram | Thanon Kittakachorn=Thanom Kittikachorn;Thanom | Sarit=Sarit Thanarat;Sarit | Sanya=Sanya Dharmasakti;Sanya | Kukrot Pramoj=Kukrit Pramoj;Kukrit | Seni Pramoj=Seni Pramoj;Seni | Thanin Kraivichien=Thanin Kraivixien;Thanin | Kriangsak=Kriangsak Chamanan;Kriangsak | Prem=Prem Tinsulanonda;Prem | Sangad=Sangad Chaloryu
CAM: Sihanouk=Norodom Sihanouk;Prince Sihanouk;Prince Norodom Sihanouk
LAO: Sananikone=Phoui Sananikone | Nosavan=Phoumi Nosavan | Kou Abhay Og Long=Kou Abhay | Somsanith=Somsanith Vongkotrattana | Boun Oum=Boun Oum;Prince Boun Oum | Souvanna Phouma=Souvanna Phouma;Prince Souvanna Phouma
DRV: Ho Chi Minh=Ho Chi Minh;Ho | Le Duan=Le Duan;Duan | Truong Chinh=Truong Chinh;Chinh
RVN: Ngo Dinh Diem=Ngo Dinh Diem;Diem | Minh=Duong Van Minh;Minh;Big Minh | Khanh=Nguyen Khanh;Khanh | Khahn=Nguyen Khanh;Khanh | Van Huong=Tran Van Huong;Huong | Quat=Phan Huy Quat;Quat | Van Thieu=Nguyen Van Thieu;Thieu | Pham Buu Loc=Buu Loc
MAL: Rahman=Tunku Abdul Rahman | Razak=Abdul Razak Hussein;Tun Abdul Razak | Hussein Bin Onn=Hussein Onn
SIN: Lee Kuan Yew=Lee Kuan Yew;Lee
PHI: Quirrino=Elpidio Quirino | Magsaysay=Ramon Magsaysay | Garcia=Carlos P. Garcia | Macapagal=Diosdado Macapagal | Marcos=Ferdinand Marcos
INS: Sukarno=Sukarno;Soekarno
AUL: Menzies=Robert Menzies | Holt=Harold Holt | McEwen=John McEwen | Gorton=John Gorton | McMahon=William McMahon | Whitlam=Gough Whitlam | Fraser=Malcolm Fraser
PNG: Somare=Michael Somare | Chan=Julius Chan | Wingti=Paias Wingti
NEW: Holland=Sidney Holland | Holyoake=Keith Holyoake | Nash=Walter Nash | Marshall=Jack Marshall | Kirk=Norman Kirk | Rowling=Bill Rowling | Muldoon=Robert Muldoon | Lange=David Lange | Palmer=Geoffrey Palmer | Moore=Mike Moore
SOL: Kenilorea=Peter Kenilorea | Mamaloni=Solomon Mamaloni | Alebua=Ezekiel Alebua
TUV: Lauti=Toaripi Lauti | Puapua=Tomasi Puapua
FIJ: Mara=Kamisese Mara | Bavadra=Timoci Bavadra | Rabuka=Sitiveni Rabuka
NAU: DeRoburt=Hammer DeRoburt | Dowiyogo=Bernard Dowiyogo | Adeang=Kennan Adeang | Aroi=Kenas Aroi
PAL: Remeliik=Haruo Remeliik | Oiterong=Alfonso Oiterong | Salii=Lazarus Salii
FSM: Nakyama=Tosiwo Nakayama
SWZ: Petipierre=Max Petitpierre | von Moos=Ludwig von Moos | Spuhler=Willy Spühler | Schaffner=Hans Schaffner | Tschudi=Hans-Peter Tschudi | Bonvin=Roger Bonvin | Celio=Nello Celio | Graber=Pierre Graber | Gnagi=Rudolf Gnägi | Furgler=Kurt Furgler | Ritschard=Willi Ritschard | Aubert=Pierre Aubert | Delamuraz=Jean-Pascal Delamuraz | Stich=Otto Stich | Egli=Alphons Egli | Schlumpf=Leon Schlumpf
AND: Reig=Òscar Ribas Reig | Pintat-Solans=Josep Pintat-Solans
MNC: Rainier=Rainier III;Prince Rainier;Prince Rainier III | Albert=Albert II of Monaco;Prince Albert;Prince Albert II
HAI: Pierre-Louis=Joseph Nemours Pierre-Louis | Sylvain=Franck Sylvain | Cantave=Léon Cantave | Kebreau=Antonio Kébreau
DOM: de los Santos=Emilio de los Santos
SLU: Pilgrim=Michael Pilgrim
GUA: Monzon=Elfego Monzón
HON: Galvez=Juan Manuel Gálvez | Cruz=Ramón Ernesto Cruz
SAL: Osorio=Óscar Osorio | Lemus=José María Lemus | Castillo=Miguel Ángel Castillo | Portillo=Aníbal Portillo | Rivera=Julio Adalberto Rivera
PAN: Guizado=José Ramón Guizado
COL: Paris=Gabriel París
VEN: Sanabria=Edgar Sanabria
ECU: Castro=Ramón Castro Jijón
PER: Noriega=Zenón Noriega
BOL: Urriolagoitia=Mamerto Urriolagoitía
PAR: Chavez=Federico Chávez | Pareira=Tomás Romero Pereira
ARG: Liendo=Horacio Liendo | Saint-Jean=Alfredo Saint-Jean
URU: Zubiria=Alberto Zubiría | Lezama=Arturo Lezama | Fisher=Carlos Fischer | Echegoyen=Martín Echegoyen | Nardone=Benito Nardone | Haedo=Eduardo Víctor Haedo | Harrison=Faustino Harrison | Crespo=Daniel Fernández Crespo | Giannattasio=Luis Giannattasio | Beltran=Washington Beltrán | Gestido=Óscar Gestido | Demichelli=Alberto Demicheli
BEL: Duvieusart=Jean Duvieusart
SWZ: Kobelt=Karl Kobelt | Etter=Philipp Etter | Rubattel=Rodolphe Rubattel | Feldmann=Markus Feldmann | Streuli=Hans Streuli | Holenstein=Thomas Holenstein | Chaudet=Paul Chaudet | Friedrich=Friedrich Traugott Wahlen | Brugger=Ernst Brugger | Hurlimann=Hans Hürlimann | Chevallaz=Georges-André Chevallaz | Honegger=Fritz Honegger | Koller=Arnold Koller | von Steiger=Eduard von Steiger
GRC: Diomidis=Alexandros Diomidis | Theotokis=Ioannis Theotokis | Kiousopoulos=Dimitrios Kiousopoulos | Georgakopoulos=Konstantinos Georgakopoulos | Dovas=Konstantinos Dovas | Pipinelis=Panagiotis Pipinelis | Mavromichalis=Stylianos Mavromichalis | Paraskevopoulos=Ioannis Paraskevopoulos | Athaniadis-Novas=Georgios Athanasiadis-Novas | Tsirimokos=Ilias Tsirimokos | Grivas=Ioannis Grivas | Tsokhatzopulos=Akis Tsochatzopoulos;Akis Tsohatzopoulos | Simitis=Costas Simitis;Kostas Simitis;Constantine Simitis | Kostas Karamanlis=Kostas Karamanlis;Costas Karamanlis;Konstantinos Karamanlis | Georgios Papandreou=George Papandreou;Georgios Papandreou | Loukas Papadimos=Lucas Papademos;Loukas Papademos | Pikrammenos=Panagiotis Pikrammenos | Samaras=Antonis Samaras | Tsipras=Alexis Tsipras | Thanou=Vassiliki Thanou
BUL: Lukanov=Andrey Lukanov;Andrei Lukanov
ICE: Steinthorsson=Steingrímur Steinþórsson | Jonsson=Emil Jónsson | Hafstein=Jóhann Hafstein
BEN: Congacou=Tahirou Congacou | Alley=Alphonse Alley
TOG: Dadjo=Kléber Dadjo
CON: Raoul=Alfred Raoul
SUD: al-Khalifa=Sirr Al-Khatim Al-Khalifa
SYR: Al-kuzbari=Maamun al-Kuzbari | Zahreddin=Abd al-Karim Zahr al-Din | Al-Khatib=Ahmad al-Khatib
PAK: Jatoi=Ghulam Mustafa Jatoi
'''
# bodies, not people
NOT_PEOPLE = {'Executive Council', 'Military Junta', 'Provisional Government'}
# countries that other files of this folder cover in full from 1990 (see docs/actor-data.md)
COVERED = set('''CHN TWN PRK KOR JPN IND PAK AFG RUS SUN GEO ARM AZE SRB YUG MNE MKD HRV BIH XKX SVN ALB EGY LBY TUN DZA
MAR SDN SSD ETH ERI SOM RWA COD IRN TUR IRQ SYR LBN JOR ISR SAU YEM YMD KWT BHR QAT ARE OMN CYP'''.split())
PLAIN = str.maketrans({'ø': 'o', 'Ø': 'O', 'ı': 'i', 'đ': 'd', 'Đ': 'D', 'ł': 'l', 'Ł': 'L', 'æ': 'ae', 'Þ': 'Th', 'þ': 'th',
                       'ð': 'd', 'ß': 'ss'})


def plain(text):
    return ''.join(c for c in unicodedata.normalize('NFKD', text.translate(PLAIN)) if not unicodedata.combining(c))


def full_names():
    table = {}
    for line in NAMES.strip().splitlines():
        state, _, rest = line.partition(': ')
        for part in rest.split(' | '):
            short, _, full = part.partition('=')
            table[state, short.strip()] = [x.strip() for x in full.split(';')]
    return table


def code(state, start, end):
    if state == 'RUS' and start < '1991-12-25':
        return 'SUN'
    if state == 'DRV' and end and end < '1976-07':
        return 'VDR'
    if state == 'CZE' and start >= '1993':
        return 'CZE'
    return COW.get(state)


def forms(state, leader, table, used):
    given = table.get((state, leader))
    if given:
        used.add((state, leader))
        person, aliases = given[0], given[1:]
    else:
        person = re.sub(r'\s+', ' ', re.sub(r'\s*\(.*', '', leader)).strip()
        if re.fullmatch(r"[^,]+, ?[^,]+", person):  # "Thorn, G."
            last, first = [x.strip() for x in person.split(',')]
            person = f'{first} {last}'
        aliases = []
    wanted = [plain(person)] + [y for x in aliases for y in (x, plain(x))]
    if ',' not in leader and '(' not in leader and leader != 'Mita' and not leader.endswith('.'):
        last = plain(person).split()[-1].lower()
        if given and plain(leader).lower() != last and len(leader.split()) > 1:
            wanted.append(leader)
    return person, ';'.join(x for x in dict.fromkeys(wanted) if x != person)


def rows():
    table, used, unknown = full_names(), set(), set()
    for r in csv.DictReader(open(SOURCE, encoding='utf-8', errors='replace')):
        if not r['leader'] or r['leader'].strip() in NOT_PEOPLE or not r['syear']:
            continue
        start = f"{int(r['syear'])}-{int(r['smonth']):02d}-{int(r['sdate']):02d}"
        end = f"{int(r['eyear'])}-{int(r['emonth']):02d}" if r['eyear'] else ''
        if r['stateabb'] == 'SWZ':  # each president of the Confederation serves a calendar year
            end = end or f"{int(r['syear'])}-12"
        actor = code(r['stateabb'], start, end)
        if not actor:
            unknown.add(r['stateabb'])
            continue
        person, aliases = forms(r['stateabb'], r['leader'].strip(), table, used)
        if person == 'Mitsotakis':  # father and son
            person, aliases = (('Konstantinos Mitsotakis', 'Constantine Mitsotakis') if start < '2000' else
                               ('Kyriakos Mitsotakis', ''))
        yield person, aliases, actor, start, end
    for key in set(table) - used:
        print('name never used:', key)
    if unknown:
        print('no code for', unknown)


def write(name, records, note):
    with open(os.path.join(OUT, name), 'w', encoding='utf-8', newline='') as handle:
        handle.write(f'# source: REIGN list of leaders (MIT), by tools/leaders_from_reign.py; {note}\n# checked: 2026-11-25\n')
        out = csv.writer(handle, lineterminator='\n')
        out.writerow('person,aliases,office,actor,role,from,to,checked'.split(','))
        out.writerows(records)
    print(name, len(records))


def main():
    covered = set(COVERED)
    for path in glob.glob(os.path.join(OUT, '*.csv')):
        if os.path.basename(path).startswith('leaders_'):
            continue
        for r in csv.DictReader(x for x in open(path, encoding='utf-8') if not x.startswith('#')):
            if r['office'] in ('head of state', 'head of government', 'leader', 'president', 'prime minister'):
                covered.add(r['actor'])
    before, other = [], []
    for person, aliases, actor, start, end in rows():
        record = (person, aliases, 'national leader', actor, 'GOV', start, end, '2021-03-31')
        if end and end < '1991' and end >= '1945':
            before.append(record)
        elif actor not in covered:
            other.append(record)
    write('leaders_before_1990.csv', list(dict.fromkeys(before)), 'full names written for communique')
    write('leaders_other.csv', list(dict.fromkeys(other)), 'countries that no other file covers')
    print(sorted({r[3] for r in other}))


if __name__ == '__main__':
    main()
