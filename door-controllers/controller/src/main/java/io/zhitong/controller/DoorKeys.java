package io.zhitong.controller;

import io.zhitong.cardterminal.FastKeys;
import io.zhitong.cardterminal.LegacyKeys;

/** What a door asks of the access SAM (门禁密钥方): answers of fast cards and of cards as people own them. Thread-safe. */
interface DoorKeys extends FastKeys, LegacyKeys {}
