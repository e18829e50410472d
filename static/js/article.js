// What the page of a piece needs, in one file where static files are collected.
import "./share.js"
import "./discussion.js"
import "./draft.js"
