// The observation that this key stands for: made by the same command before, or the carrier of a visit's diagnoses.
// params: key
// returns: id, encounterId, kind, text, value, unit, recordedAt, recordedBy, key
MATCH (o:Observation {key: $key})<-[:HAS_OBSERVATION]-(e:Encounter)
RETURN o.id AS id, e.id AS encounterId, o.kind AS kind, o.text AS text, o.value AS value, o.unit AS unit,
  o.recordedAt AS recordedAt, o.recordedBy AS recordedBy, o.key AS key
