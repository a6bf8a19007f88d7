// How many patients does each doctor care for, women and men?
// returns: doctor, patients, women, men
MATCH (d:Doctor)-[:TREATS]->(p:Patient)
RETURN d.nameAr AS doctor,
       count(p) AS patients,
       sum(CASE WHEN p.sex = 'female' THEN 1 ELSE 0 END) AS women,
       sum(CASE WHEN p.sex = 'male' THEN 1 ELSE 0 END) AS men
ORDER BY patients DESC
