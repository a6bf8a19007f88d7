// A patient's allergies, the voided ones too, in order of recording.
// params: patientId
// returns: id, key, substance, severity, reaction, recordedAt, voidedAt, voidedBy, voidReason
MATCH (p:Patient {id: $patientId})-[a:ALLERGIC_TO]->(s:Substance)
RETURN a.id AS id, s.key AS key, s.name AS substance, a.severity AS severity, a.reaction AS reaction, a.recordedAt AS recordedAt,
  a.voidedAt AS voidedAt, a.voidedBy AS voidedBy, a.voidReason AS voidReason
ORDER BY recordedAt, id
