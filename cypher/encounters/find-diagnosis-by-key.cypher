// The diagnosis that the same command made before.
// params: key
// returns: id, observationId, encounterId, code, title, certainty, recordedAt, recordedBy
MATCH (g:Diagnosis {key: $key})<-[:HAS_DIAGNOSIS]-(o:Observation)<-[:HAS_OBSERVATION]-(e:Encounter)
MATCH (g)-[:OF]->(c:Condition)
RETURN g.id AS id, o.id AS observationId, e.id AS encounterId, c.code AS code, c.title AS title, g.certainty AS certainty,
  g.recordedAt AS recordedAt, g.recordedBy AS recordedBy
