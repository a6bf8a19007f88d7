// The file that was filed from an upload.
// params: key (the upload's id)
// returns: id
MATCH (f:MedicalFile {key: $key})
RETURN f.id AS id
