// Bill files for benchmarks, the same for the same seed.
//
//   cc -O2 -o bills bills.c && ./bills ROWS SEED [FAULTS_PER_THOUSAND] [csv|fixed] > bills.csv
//
// fixed: no headings, and values at fixed places, widths below.
// Headings are the API's field paths. About three bills an account, five customers for eight accounts, and whatever a
// file says of a party it says in every row. A row has at most one fault; a duplicate names the reference of a good row
// before it. What was made goes to standard error as one JSON object.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIELDS = 12, WIDTH = 96 };

enum fault {
  BAD_REFERENCE, AMOUNT_ZERO, AMOUNT_HUGE, AMOUNT_WORDS, DAY_IMPOSSIBLE, DUE_TOO_EARLY,
  BAD_EMAIL, DUPLICATE, BAD_PHONE, BAD_CURRENCY, DAY_FIRST, NO_CUSTOMER, FAULTS
};

static const char *const fault_names[FAULTS] = {
  "bad_reference", "amount_zero", "amount_huge", "amount_words", "day_impossible", "due_too_early",
  "bad_email", "duplicate", "bad_phone", "bad_currency", "day_first", "no_customer",
};

static const char *const given[] = {"Ada", "Bheki", "Chipo", "Dineo", "Elsa", "Farai", "Grace", "Hendrik"};
static const char *const family[] = {"Abrahams", "Botha", "Cele", "Dlamini", "Evans", "Fourie", "Gumede", "Hlatshwayo"};
static const char *const services[] = {"Water", "Electricity", "Property rates", "Fibre 100", "Refuse", "Sewerage"};

static const int widths[FIELDS] = {40, 24, 40, 48, 18, 24, 40, 3, 12, 10, 10, 20};

static uint64_t seed;

// SplitMix64's finaliser over a position and a purpose: any row can be looked up without making those before it.
static uint64_t draw(uint64_t position, uint64_t purpose) {
  uint64_t word = seed * 0xd1342543de82ef95u + position * 0x9e3779b97f4a7c15u + purpose * 0xda942042e4dd58b5u;
  word = (word ^ word >> 30) * 0xbf58476d1ce4e5b9u;
  word = (word ^ word >> 27) * 0x94d049bb133111ebu;
  return word ^ word >> 31;
}

static uint64_t below(uint64_t limit, uint64_t position, uint64_t purpose) {
  return (uint64_t)(((unsigned __int128)draw(position, purpose) * limit) >> 64);
}

static int per_thousand = 5;

static int is_faulty(uint64_t row) { return row > 0 && below(1000, row, 1) < (uint64_t)per_thousand; }

static void reference(uint64_t row, char *text) {
  sprintf(text, "INV-%llu-%04x%09llu", 2023 + (unsigned long long)below(4, row, 2), (unsigned)(seed & 0xffff),
          (unsigned long long)row);
}

static char *put(char *out, const char *text) {
  if (!strpbrk(text, ",\"")) {
    size_t length = strlen(text);
    memcpy(out, text, length);
    return out + length;
  }
  *out++ = '"';
  for (; *text; text++) {
    if (*text == '"') *out++ = '"';
    *out++ = *text;
  }
  *out++ = '"';
  return out;
}

static void party(uint64_t account, char field[FIELDS][WIDTH]) {
  uint64_t customer = account * 5 / 8, who = draw(customer, 3);
  const char *first = given[who & 7], *last = family[who >> 3 & 7];
  sprintf(field[1], "CUST-%08llu", (unsigned long long)customer);
  if ((who >> 8) % 128 == 0) sprintf(field[2], "%s, %s", last, first);
  else if ((who >> 8) % 128 == 1) sprintf(field[2], "%s \"Mo\" %s", first, last);
  else sprintf(field[2], "%s %s", first, last);
  sprintf(field[3], "%s.%s%llu@post%llu.example.com", first, last, (unsigned long long)(who >> 20) % 10000,
          (unsigned long long)(who >> 40) % 50);
  sprintf(field[4], "+27%09llu", (unsigned long long)(who >> 16) % 1000000000);
  sprintf(field[5], "ACC-%08llu", (unsigned long long)account);
  strcpy(field[6], services[draw(account, 4) % 6]);
  strcpy(field[7], draw(account, 5) % 4 ? "ZAR" : "USD");
}

static void spoil(uint64_t row, enum fault kind, int year, int month, int day, char field[FIELDS][WIDTH]) {
  switch (kind) {
  case BAD_REFERENCE: field[0][3] = '/'; break;
  case AMOUNT_ZERO: strcpy(field[8], "0"); break;
  case AMOUNT_HUGE: strcpy(field[8], "100000000"); break;
  case AMOUNT_WORDS: strcpy(field[8], "twelve"); break;
  case DAY_IMPOSSIBLE:
    sprintf(field[9], "%04d-02-30", year);
    sprintf(field[10], "%04d-04-15", year);
    break;
  case DUE_TOO_EARLY: sprintf(field[10], "%04d-%02d-%02d", year - 1, month, day); break;
  case BAD_EMAIL: *strchr(field[3], '@') = '.'; break;
  case DUPLICATE: {
    uint64_t other = below(row, row, 20);
    while (is_faulty(other)) other--;
    reference(other, field[0]);
    break;
  }
  case BAD_PHONE: field[4][0] = '0'; break;
  case BAD_CURRENCY: strcpy(field[7], "QQQ"); break;
  case DAY_FIRST: sprintf(field[10], "%02d/%02d/%04d", day, month, year + 1); break;
  case NO_CUSTOMER: field[1][0] = 0; break;
  case FAULTS: break;
  }
}

int main(int count, char **words) {
  if (count < 3) return fputs("usage: bills ROWS SEED [FAULTS_PER_THOUSAND] [csv|fixed]\n", stderr), 64;
  uint64_t rows = strtoull(words[1], 0, 10), accounts = rows / 3 + 1, invalid = 0, kinds[FAULTS] = {0};
  seed = strtoull(words[2], 0, 10);
  if (count > 3) per_thousand = atoi(words[3]);
  int is_fixed = count > 4 && !strcmp(words[4], "fixed");
  setvbuf(stdout, 0, _IOFBF, 1 << 20);
  if (!is_fixed) puts("external_reference,account.customer.external_reference,account.customer.name,account.customer.email,"
       "account.customer.phone,account.external_reference,account.name,currency,amount_due,bill_date,due_date,"
       "metadata.invoice_period");
  for (uint64_t row = 0; row < rows; row++) {
    char field[FIELDS][WIDTH], line[FIELDS * WIDTH * 2], *out = line;
    int year = 2023 + (int)below(4, row, 2), month = 1 + (int)below(12, row, 6), day = 1 + (int)below(28, row, 7);
    reference(row, field[0]);
    party(below(accounts, row, 8), field);
    sprintf(field[8], "%llu", 1 + (unsigned long long)below(below(10, row, 9) ? 250000 : 99999999, row, 10));
    sprintf(field[9], "%04d-%02d-%02d", year, month, day);
    sprintf(field[10], "%04d-%02d-%02d", year + month / 12, month % 12 + 1, 1 + (int)below(28, row, 11));
    sprintf(field[11], "%04d-%02d", year, month);
    if (is_faulty(row)) {
      enum fault kind = (enum fault)below(FAULTS, row, 12);
      spoil(row, kind, year, month, day, field);
      kinds[kind]++;
      invalid++;
    }
    for (int index = 0; index < FIELDS; index++) {
      if (is_fixed) {
        out += sprintf(out, "%-*.*s", widths[index], widths[index], field[index]);
        continue;
      }
      if (index) *out++ = ',';
      out = put(out, field[index]);
    }
    *out++ = '\n';
    fwrite(line, 1, (size_t)(out - line), stdout);
  }
  fprintf(stderr, "{\"rows\":%llu,\"seed\":%llu,\"invalid\":%llu,\"kinds\":{", (unsigned long long)rows,
          (unsigned long long)seed, (unsigned long long)invalid);
  for (int kind = 0; kind < FAULTS; kind++)
    fprintf(stderr, "%s\"%s\":%llu", kind ? "," : "", fault_names[kind], (unsigned long long)kinds[kind]);
  fputs("}}\n", stderr);
  return fflush(stdout) ? 1 : 0;
}
