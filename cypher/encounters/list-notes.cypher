// The notes and amendments of these visits, in order of writing.
// params: ids (of visits)
// returns: id, encounterId, complaint, examination, plan, kind, reason, writtenAt, writtenBy
UNWIND $ids AS wanted
MATCH (e:Encounter {id: wanted})-[:HAS_NOTE]->(n:Note)
RETURN n.id AS id, e.id AS encounterId, n.complaint AS complaint, n.examination AS examination, n.plan AS plan,
  n.kind AS kind, n.reason AS reason, n.writtenAt AS writtenAt, n.writtenBy AS writtenBy
ORDER BY writtenAt, id
