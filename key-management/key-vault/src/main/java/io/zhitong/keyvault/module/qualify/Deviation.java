package io.zhitong.keyvault.module.qualify;

/** One thing a library does otherwise than GM/T 0018 has it (偏差). */
record Deviation(String expected, String came) {}
