// Is there a doctor of this id to link an account to?
// params: id
// returns: id
MATCH (n:Doctor {id: $id})
RETURN n.id AS id
