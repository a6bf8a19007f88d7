// What is the clinic called? A password must not be made of it.
// returns: name
MATCH (c:Clinic)
RETURN c.name AS name
