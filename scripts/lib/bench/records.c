// The same bills in several forms, for the benchmark of reading; the same for the same seed.
//
//   cc -O2 -o records records.c && ./records FORM ROWS SEED > file
//
// FORM is default (a CSV under field paths), mapped (a CSV that needs conversions), fixed (fixed width, a line a record) or
// ebcdic (fixed width, IBM037, packed amounts, no line ends). All rows are good. The sum of the amounts goes to standard
// error, in minor units.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const given[] = {"Ada", "Bheki", "Chipo", "Dineo", "Elsa", "Farai", "Grace", "Hendrik"};
static const char *const family[] = {"Abrahams", "Botha", "Cele", "Dlamini", "Evans", "Fourie", "Gumede", "Hlatshwayo"};

static uint64_t seed;

// SplitMix64's finaliser over a position and a purpose.
static uint64_t draw(uint64_t position, uint64_t purpose) {
  uint64_t word = seed * 0xd1342543de82ef95u + position * 0x9e3779b97f4a7c15u + purpose * 0xda942042e4dd58b5u;
  word = (word ^ word >> 30) * 0xbf58476d1ce4e5b9u;
  word = (word ^ word >> 27) * 0x94d049bb133111ebu;
  return word ^ word >> 31;
}

static unsigned char ebcdic(char sign) {
  if (sign >= '0' && sign <= '9') return 0xf0 + (sign - '0');
  if (sign >= 'A' && sign <= 'I') return 0xc1 + (sign - 'A');
  if (sign >= 'J' && sign <= 'R') return 0xd1 + (sign - 'J');
  if (sign >= 'S' && sign <= 'Z') return 0xe2 + (sign - 'S');
  if (sign >= 'a' && sign <= 'i') return 0x81 + (sign - 'a');
  if (sign >= 'j' && sign <= 'r') return 0x91 + (sign - 'j');
  if (sign >= 's' && sign <= 'z') return 0xa2 + (sign - 's');
  return sign == '-' ? 0x60 : 0x40;
}

// COMP-3: two digits a byte, the sign in the last half.
static void pack(uint64_t value, unsigned char *bytes, int size) {
  bytes[size - 1] = (unsigned char)(value % 10 << 4 | 0xc);
  value /= 10;
  for (int index = size - 2; index >= 0; index--, value /= 100)
    bytes[index] = (unsigned char)(value / 10 % 10 << 4 | value % 10);
}

struct bill {
  char reference[16], customer[16], name[32];
  uint64_t amount;
  int year, month, day;
};

static struct bill bill(uint64_t row) {
  struct bill bill;
  uint64_t customer = row / 3, who = draw(customer, 3), when = draw(row, 6);
  sprintf(bill.reference, "INV-%09llu", (unsigned long long)row % 1000000000);
  sprintf(bill.customer, "%08llu", (unsigned long long)customer % 100000000);
  sprintf(bill.name, "%s %s", given[who & 7], family[who >> 3 & 7]);
  bill.amount = 1 + draw(row, 10) % (draw(row, 9) % 10 ? 250000 : 99999999);
  bill.year = 2023 + (int)(when & 3), bill.month = 1 + (int)(when >> 8 & 255) % 6, bill.day = 1 + (int)(when >> 16 & 15);
  return bill;
}

static void put(const struct bill *bill, char form) {
  int due = bill->month + 1;
  unsigned long long whole = bill->amount / 100, cents = bill->amount % 100;
  char line[160];
  switch (form) {
  case 'd':
    printf("%s,ZAR,%llu,%04d-%02d-%02d,%04d-%02d-%02d,%s,%s,%04d-%02d\n", bill->reference,
           (unsigned long long)bill->amount, bill->year, bill->month, bill->day, bill->year, due, bill->day,
           bill->customer, bill->name, bill->year, bill->month);
    break;
  case 'm':
    if (whole >= 1000) sprintf(line, "%llu.%03llu", whole / 1000, whole % 1000);
    else sprintf(line, "%llu", whole);
    printf("%s; R ;%s,%02llu;%02d.%02d.%04d;%02d.%02d.%04d;%s;%s;%04d/%02d\n", bill->reference, line, cents, bill->day,
           bill->month, bill->year, bill->day, due, bill->year, bill->customer, bill->name, bill->year, bill->month);
    break;
  default:
    sprintf(line, "%-16s%-12s%-30s%010llu%04d%02d%02d%04d%02d%02d%04d%02d", bill->reference, bill->customer, bill->name,
            (unsigned long long)bill->amount, bill->year, bill->month, bill->day, bill->year, due, bill->day, bill->year,
            bill->month);
    if (form == 'p')
      sprintf(line, "%-16s%-12s%-30s%-10llu%04d-%02d-%02d%04d-%02d-%02d%04d-%02d", bill->reference, bill->customer,
              bill->name, (unsigned long long)bill->amount, bill->year, bill->month, bill->day, bill->year, due,
              bill->day, bill->year, bill->month);
    if (form != 'e') {
      puts(line);
      break;
    }
    unsigned char record[90];
    for (int index = 0; index < 90; index++) record[index] = ebcdic(line[index]);
    pack(bill->amount, record + 58, 10);
    fwrite(record, 1, sizeof record, stdout);
  }
}

int main(int count, char **words) {
  if (count != 4 || !strchr("dmfpe", words[1][0])) return fputs("usage: records FORM ROWS SEED\n", stderr), 64;
  uint64_t rows = strtoull(words[2], 0, 10), sum = 0;
  seed = strtoull(words[3], 0, 10);
  setvbuf(stdout, 0, _IOFBF, 1 << 20);
  if (words[1][0] == 'd')
    puts("external_reference,currency,amount_due,bill_date,due_date,customer.external_reference,customer.name,"
         "metadata.period");
  if (words[1][0] == 'm') puts("InvNo;Curr;Betrag;Datum;Faellig;KdNr;Name;Periode");
  for (uint64_t row = 0; row < rows; row++) {
    struct bill made = bill(row);
    sum += made.amount;
    put(&made, words[1][0]);
  }
  fprintf(stderr, "%llu\n", (unsigned long long)sum);
  return fflush(stdout) ? 1 : 0;
}
