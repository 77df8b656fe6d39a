/** Pages of personal data (个人信息页面). */
@NullMarked
package io.zhitong.backend.persons.web;

import org.jspecify.annotations.NullMarked;
