// Hands a small value to another component on the page.

import { hand } from "../shared/remote.js";

/** @import { Component } from "../shared/lifecycle.js" */

/** @param {Component} component */
export default function ({ data }) {
  hand(data);
}
