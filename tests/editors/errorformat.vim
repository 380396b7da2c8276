" tests/editors.rs runs this in Vim without a window, with examples/editors/sayso.vim as a compiler. It prints the quickfix list.
compiler sayso
silent make! .
for s:one in getqflist()
  call writefile([join([s:one.type, bufname(s:one.bufnr), s:one.lnum, s:one.vcol ? s:one.col : '?', s:one.text], '|')], '/dev/stdout', 'a')
endfor
quitall!
