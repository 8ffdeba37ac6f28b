package io.ehcached.store;

/**
 * A source of stamps: one run of a node, under one number.
 *
 * @param id drawn at random, so that no two share it
 * @param number what its stamps have in their last bits; others may have had it before
 * @param since all its stamps are greater than this one
 */
public record Origin(long id, int number, long since) {}
