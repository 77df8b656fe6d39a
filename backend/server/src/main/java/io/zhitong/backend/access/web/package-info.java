/** Pages of the policy: rules, drafts, trial, deployment (通行规则页面). */
@NullMarked
package io.zhitong.backend.access.web;

import org.jspecify.annotations.NullMarked;
