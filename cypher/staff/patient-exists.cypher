// Is there a patient of this id to link an account to?
// params: id
// returns: id
MATCH (n:Patient {id: $id})
RETURN n.id AS id
