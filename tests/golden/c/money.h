/* tests/golden/c/money.h: a type of the user's, for kinds.sg. */
#ifndef MONEY_H
#define MONEY_H

/* Whole cents; "12.50" in the database. */
typedef struct money_t {
    long long cents;
} money_t;

#endif
