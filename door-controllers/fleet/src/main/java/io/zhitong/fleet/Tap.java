package io.zhitong.fleet;

import io.zhitong.cardspec.CredentialNumber;

/**
 * One tap of a story (敲卡).
 *
 * @param hour of the day, 0 … 24
 * @param controller index of the controller, from 0
 * @param point at that controller, from 1
 */
record Tap(double hour, int controller, int point, CredentialNumber credential, Habit who) {}
