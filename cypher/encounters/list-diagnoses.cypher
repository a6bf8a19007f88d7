// What was diagnosed in these visits, in order of recording.
// params: ids (of visits)
// returns: id, observationId, encounterId, code, title, certainty, recordedAt, recordedBy
UNWIND $ids AS wanted
MATCH (e:Encounter {id: wanted})-[:HAS_OBSERVATION]->(o:Observation)-[:HAS_DIAGNOSIS]->(g:Diagnosis)-[:OF]->(c:Condition)
RETURN g.id AS id, o.id AS observationId, e.id AS encounterId, c.code AS code, c.title AS title, g.certainty AS certainty,
  g.recordedAt AS recordedAt, g.recordedBy AS recordedBy
ORDER BY recordedAt, id
