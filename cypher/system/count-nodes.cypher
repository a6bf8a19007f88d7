// How many of each kind of node does the clinic hold?
// returns: departments, doctors, patients, appointments, encounters, medicalFiles
RETURN COUNT { MATCH (:Department) } AS departments, COUNT { MATCH (:Doctor) } AS doctors,
       COUNT { MATCH (:Patient) } AS patients, COUNT { MATCH (:Appointment) } AS appointments,
       COUNT { MATCH (:Encounter) } AS encounters, COUNT { MATCH (:MedicalFile) } AS medicalFiles
