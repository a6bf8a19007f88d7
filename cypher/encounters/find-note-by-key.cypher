// The note that the same command wrote before.
// params: key
// returns: id, encounterId, complaint, examination, plan, kind, reason, writtenAt, writtenBy
MATCH (n:Note {key: $key})<-[:HAS_NOTE]-(e:Encounter)
RETURN n.id AS id, e.id AS encounterId, n.complaint AS complaint, n.examination AS examination, n.plan AS plan,
  n.kind AS kind, n.reason AS reason, n.writtenAt AS writtenAt, n.writtenBy AS writtenBy
