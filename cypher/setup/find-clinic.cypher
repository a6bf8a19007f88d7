// Which clinic stands here, and which account was made together with it? No row before there is one.
// returns: id, name, founderId (the first administrator's user id)
MATCH (c:Clinic)
RETURN c.id AS id, c.name AS name, c.founderId AS founderId
LIMIT 1
