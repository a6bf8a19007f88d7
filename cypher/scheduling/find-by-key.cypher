// The appointment that a command with this key made.
// params: key
// returns: id, movedFrom (the appointment that moved here, if any)
MATCH (a:Appointment {key: $key})
RETURN a.id AS id, a.movedFrom AS movedFrom
