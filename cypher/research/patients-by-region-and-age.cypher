// Where do the patients live, and how old are they?
// params: year (to count the ages in)
// returns: region, ages, patients, women
// The year is the first four characters of the birth date, also where the rest of it is hidden.
MATCH (p:Patient)
WHERE p.birthDate IS NOT NULL
WITH p, $year - toInteger(substring(p.birthDate, 0, 4)) AS age
// CASE takes the first WHEN that is true, so each needs only its upper end.
WITH coalesce(p.region, '(not known)') AS region,
     p.sex AS sex,
     CASE WHEN age < 5 THEN '00-04' WHEN age < 18 THEN '05-17' WHEN age < 40 THEN '18-39' WHEN age < 65 THEN '40-64' ELSE '65+' END AS ages
RETURN region, ages, count(*) AS patients, sum(CASE sex WHEN 'female' THEN 1 ELSE 0 END) AS women
ORDER BY region, ages
