"""A hundred texts of our own making that ask for what is rare in held-out lines: capitals, digits, and every letter of the alphabet."""

from __future__ import annotations

NAMES = tuple(
    """
Maria Keller
Quentin Xavier
Zoe Young
Olaf Petersen
Dr. Irene Quill
William Vaughan
Ursula Zimmer
Xenia Fox
Yusuf Demir
Jack O'Hara
Katherine Lowe
Nadia Hussein
Vincent Bauer
Peter J. Quigley
Grace Kim
Hugo Lindqvist
Bela Toth
Tim and Jill
Felicity Wright
Ewa Nowak
Robert Zeller
Lily Chen
Samuel Okafor
Victoria Utley
Miss Quinn
Ivan Yurov
Otto Xander
Diana Prince-Hall
Aunt Beatrice
Charles de Witt
Kofi Annor
Jim Beck (Sons)
Gareth Jenkins
Wanda Zajac
Luis Ximenez
Pauline Tate
Norah Fitzgerald
Uncle Eddie
Theo Vogel
Yvonne Hart
Henry VIII
Zachary Quist
""".strip().splitlines()
)
DATES = tuple(
    """
3 May 1984
12 June 2031
Friday, 27.9.1968
1 January 2000
6:45 on Tuesday
Oct. 19th, 1752
24/12/1999
Sunday the 8th
July 4, 1830
in the year 1066
9.30 to 17.15
Born 13 Feb. 1847
Easter 1916
29 February 2028
Wed., 5 Nov.
since 1570
Monday 10:07
Aug. 31, 1623
18 Quay Street
No. 42, Zoo Lane
Room 506
75 Kings Road
Tel. 0391 628 475
2 for 35 pounds
Platform 9
Vol. 7, p. 183
20 % of 640
Price: 14.90
Queen Square 61
Bus 38 to York
22nd of August
X-ray at 8.50
Zone 4, gate 29
Flight UX 703
""".strip().splitlines()
)
PANGRAMS = (  # each of two lines
    ("Zoe quickly fixed my jar with", "very big clamps and a snap"),
    ("Just a few vexed quails", "kept my big zebra in the closed hall"),
    ("We go by six quiet jazz clubs", "and have a drink from Peter"),
    ("Fix the quaint jewel box of Mrs. Vick,", "a prize we might buy and sell"),
    ("Why do black oxen jump", "over a quiz of eight pigs and rats"),
    ("Twelve foxes quarrel by the zoo,", "making jam and pancakes over a fire"),
    ("Jack may buy five zinc boxes", "of hardware, pegs and quality string"),
    ("Queen Vera has just won a big prize", "for my exact sketch of a lady"),
    ("Next to Quebec, five wild jays", "grazed upon a milky marsh"),
    ("A quick jab at my vexing puzzle", "for the dark week of storms"),
    ("Have you packed six jars of quince", "with big amber glaze? Yes, a lid too"),
    ("Exotic jade, wool, quartz,", "five big pink hats and my cot"),
)
RARE_TEXTS = (*NAMES, *DATES, *(line for pangram in PANGRAMS for line in pangram))
