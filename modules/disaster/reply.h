/* What a relative's SMS says of somebody. Pure. */
#ifndef REPLY_H
#define REPLY_H

/*
 * The status (disaster_safety_status) that a text names by its number or word: 1 無事,
 * 2 けが, 3 助けが必要, 4 避難した; other words may stand beside it, such as a code. NULL
 * when it names none, or two: then somebody has to ask.
 */
const char *reply_status(const char *text);

#endif
