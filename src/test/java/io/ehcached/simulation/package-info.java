/**
 * Nodes of the product's own classes on a virtual clock and network: a seed decides what happens,
 * so that hours pass in a second and every failure can be had again.
 */
package io.ehcached.simulation;
