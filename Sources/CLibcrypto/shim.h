#pragma once
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/params.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>
#include <string.h>

// A certificate for servers on this machine; Swift imports neither the macros nor the variadic calls that this takes.

static inline int billdrop_x509_extend(X509 *certificate, int kind, const char *value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, certificate, certificate, NULL, NULL, 0);
  X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, &context, kind, value);
  int done = extension != NULL && X509_add_ext(certificate, extension, -1) == 1;
  X509_EXTENSION_free(extension);
  return done;
}

static inline int billdrop_x509_fill(X509 *certificate, EVP_PKEY *key, long begins_in, long ends_in) {
  uint64_t serial = 0;
  X509_NAME *name = X509_get_subject_name(certificate);
  return RAND_bytes((unsigned char *) &serial, sizeof serial) == 1
      && X509_set_version(certificate, X509_VERSION_3) == 1
      && ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), serial >> 1) == 1
      && X509_gmtime_adj(X509_getm_notBefore(certificate), begins_in) != NULL
      && X509_gmtime_adj(X509_getm_notAfter(certificate), ends_in) != NULL
      && X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, (const unsigned char *) "localhost", -1, -1, 0) == 1
      && X509_set_issuer_name(certificate, name) == 1
      && X509_set_pubkey(certificate, key) == 1
      && billdrop_x509_extend(certificate, NID_basic_constraints, "critical,CA:TRUE")
      && billdrop_x509_extend(certificate, NID_subject_key_identifier, "hash")
      && billdrop_x509_extend(certificate, NID_subject_alt_name, "DNS:localhost,IP:127.0.0.1,IP:::1")
      && X509_sign(certificate, key, EVP_sha256()) > 0;
}

/// Copies a memory BIO's text, with a zero behind it; 0 where it doesn't fit.
static inline int billdrop_bio_text(BIO *bio, char *text, size_t size) {
  char *bytes = NULL;
  long count = BIO_get_mem_data(bio, &bytes);
  if (count <= 0 || (size_t) count >= size) return 0;
  memcpy(text, bytes, (size_t) count);
  text[count] = 0;
  return 1;
}

/// A P-256 key and a certificate for localhost that it signed itself, both PEM. Times in seconds from now. 0: failed.
static inline int billdrop_make_certificate(long begins_in, long ends_in, char *certificate_text, char *key_text,
                                            size_t size) {
  EVP_PKEY *key = EVP_EC_gen("P-256");
  X509 *certificate = X509_new();
  BIO *certificate_bio = BIO_new(BIO_s_mem()), *key_bio = BIO_new(BIO_s_mem());
  int done = key != NULL && certificate != NULL && certificate_bio != NULL && key_bio != NULL
      && billdrop_x509_fill(certificate, key, begins_in, ends_in)
      && PEM_write_bio_X509(certificate_bio, certificate) == 1
      && PEM_write_bio_PrivateKey(key_bio, key, NULL, NULL, 0, NULL, NULL) == 1
      && billdrop_bio_text(certificate_bio, certificate_text, size) && billdrop_bio_text(key_bio, key_text, size);
  BIO_free(key_bio);
  BIO_free(certificate_bio);
  X509_free(certificate);
  EVP_PKEY_free(key);
  return done;
}
