// How much is in the clinic?
// returns: departments, doctors, patients, appointments
RETURN COUNT { MATCH (:Department) } AS departments, COUNT { MATCH (:Doctor) } AS doctors,
       COUNT { MATCH (:Patient) } AS patients, COUNT { MATCH (:Appointment) } AS appointments
