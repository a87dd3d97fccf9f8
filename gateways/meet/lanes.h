/*
 * Threads that bring providers to what is wanted, each with a connection of its own. A
 * network has one of them at a time: its provider is asked one thing after the other, and
 * one that is slow or away delays nobody else's meetings, while there is a lane left.
 */
#ifndef LANES_H
#define LANES_H

struct lanes;
struct meet_settings;

/* As many as the settings say. Aborts when they cannot be had. Ends with lanes_stop. */
struct lanes *lanes_start(const struct meet_settings *);

/* Lets what is under way end, and frees. */
void lanes_stop(struct lanes *);

#endif
