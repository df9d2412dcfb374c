import { cases } from './table.ts';

// 350 of food support a month and a grant by grade and sex; a period has two months. Grants of grade 12 are not published.
const both = (kind: string, who: string): string => `${who} ${kind} yes; ${who} ${kind} yes 2016-02`;
const health = both('health_visits', 'home');
const school = (who: string): string => both('school_notice', who);

cases(
  'prospera-2016',
  `
  what                                | date       | household | members                              | evidence                  | gives
  grade 1, rural: 175                 | 2016-01-10 | identified_poor track=with_coresponsibility locality=rural | C 2008-01-01 M g1                    | ${health}; ${school('C')} | 1050.00
  grade 2, rural: 175                 |            |           | C 2008-01-01 M g2                    |                           | 1050.00
  grade 2, urban: none                |            | identified_poor track=with_coresponsibility locality=urban |                                      |                           | 700.00
  grade 3: 175                        |            |           | C 2008-01-01 M g3                    |                           | 1050.00
  grade 4: 205                        |            |           | C 2008-01-01 M g4                    |                           | 1110.00
  grade 5: 265                        |            |           | C 2008-01-01 M g5                    |                           | 1230.00
  grade 6: 350                        |            |           | C 2008-01-01 M g6                    |                           | 1400.00
  grade 7, girl: 540                  |            |           | C 2008-01-01 F g7                    |                           | 1780.00
  grade 7, boy: 505                   |            |           | C 2008-01-01 M g7                    |                           | 1710.00
  grade 8, girl: 600                  |            |           | C 2008-01-01 F g8                    |                           | 1900.00
  grade 8, boy: 540                   |            |           | C 2008-01-01 M g8                    |                           | 1780.00
  grade 9, girl: 660                  |            |           | C 2008-01-01 F g9                    |                           | 2020.00
  grade 9, boy: 570                   |            |           | C 2008-01-01 M g9                    |                           | 1840.00
  grade 10, girl: 990                 |            |           | C 2000-01-01 F g10                   |                           | 2680.00
  grade 10, boy: 865                  |            |           | C 2000-01-01 M g10                   |                           | 2430.00
  grade 11, girl: 1055                |            |           | C 2000-01-01 F g11                   |                           | 2810.00
  grade 11, boy: 925                  |            |           | C 2000-01-01 M g11                   |                           | 2550.00
  grade 12, girl                      |            |           | C 2000-01-01 F g12                   |                           | needs parameters.grants
  grade 12, boy                       |            |           | C 2000-01-01 M g12                   |                           | needs parameters.grants
  no grant in 13                      |            |           | C 2000-01-01 M g13                   |                           | 700.00
  nor before grade 1                  |            | identified_poor track=with_coresponsibility locality=rural | C 2008-01-01 M g0                    |                           | 700.00
  no notice of school                 |            |           | C 2008-01-01 M g3                    | ${health}                 | 700.00 held=350.00
  one of two pupils failed in January |            |           | C 2008-01-01 M g3; D 2008-01-01 M g5 | ${health}; ${school('C')}; D school_notice no; D school_notice yes 2016-02 | 1315.00 lost=265.00
  no visits to health                 |            |           | C 2008-01-01 M g3                    | ${school('C')}            | 350.00 held=700.00
  health missed in January            |            |           |                                      | ${school('C')}; home health_visits no; home health_visits yes 2016-02 | 700.00 lost=350.00
  `,
);
