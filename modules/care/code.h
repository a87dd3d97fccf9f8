/*
 * Numbers that offices, towns and insurers give out. Each has a type of its
 * own, so that the compiler refuses one where another is wanted: a
 * municipality code (Nagoya: 231002) and an insurer number (Nagoya: 231001)
 * look alike and differ in the last digit only.
 *
 * Texts here are ASCII; fold full-width input first. The _parse functions
 * return 0, or -1 leaving *out untouched.
 */
#ifndef CODE_H
#define CODE_H

enum {
	MUNICIPALITY_DIGITS = 6,
	INSURER_DIGITS = 6,
	OFFICE_DIGITS = 10,
	INSURED_CHARS = 10
};

struct municipality_code { char text[MUNICIPALITY_DIGITS + 1]; };
struct insurer_number { char text[INSURER_DIGITS + 1]; };
struct office_number { char text[OFFICE_DIGITS + 1]; };
struct insured_number { char text[INSURED_CHARS + 1]; };

/*
 * Check digit (0 to 9) of the first five digits of a municipality code
 * (全国地方公共団体コード, the ministry's code over JIS X 0401 and 0402):
 * weights 6 to 2, eleven minus the rest by eleven, last digit of that. -1 if
 * the text does not begin with five digits.
 */
int municipality_code_check(const char *code);

/* Reads six digits with a right check digit, or five, to which it adds it. */
int municipality_code_parse(const char *text, struct municipality_code *out);

/*
 * Check digit (検証番号, 0 to 9) of the first five digits of an insurer
 * number (介護保険の保険者番号): weights 2 1 2 1 2, digits of the products
 * added, ten minus the rest by ten. -1 as above.
 */
int insurer_number_check(const char *number);

/* Reads six digits with a right check digit. */
int insurer_number_parse(const char *text, struct insurer_number *out);

/* Reads ten digits (事業所番号); it has no check digit that all keep to. */
int office_number_parse(const char *text, struct office_number *out);

/*
 * Reads ten digits, or H and nine digits (被保険者番号; H is for the people on
 * welfare who count as insured, みなし2号). Check digits differ by town and
 * are not looked at.
 */
int insured_number_parse(const char *text, struct insured_number *out);

#endif
