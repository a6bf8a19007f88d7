// Which diagnoses are made most often?
// params: certainty (confirmed, provisional or all), limit (rows at most)
// returns: code, diagnosis, times, patients
// A visit has observations, an observation has diagnoses, and each diagnosis is of a condition: three steps along the arrows.
MATCH (visit:Encounter)-[:HAS_OBSERVATION]->(:Observation)-[:HAS_DIAGNOSIS]->(made:Diagnosis)-[:OF]->(condition:Condition)
WHERE $certainty = 'all' OR made.certainty = $certainty
// DISTINCT counts a patient once, however often they were told the same.
RETURN condition.code AS code,
       condition.title AS diagnosis,
       count(*) AS times,
       count(DISTINCT visit.patientId) AS patients
ORDER BY patients DESC, code
LIMIT $limit
