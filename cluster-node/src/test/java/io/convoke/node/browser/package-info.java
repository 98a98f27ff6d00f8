/**
 * Real browsers for system tests, driven over a plain WebSocket: Chromium by the DevTools protocol, Firefox by WebDriver BiDi. Each has a profile of its
 * own, fake camera and microphone, and stays off the network.
 */
@NullMarked
package io.convoke.node.browser;

import org.jspecify.annotations.NullMarked;
