" Copy to ~/.vim/compiler/sayso.vim, then `:compiler sayso` and `:make`; findings stand in the quickfix list.
"
" %v and not %c: sayso counts characters, and %c counts bytes, of which a curly mark has three.
if exists("current_compiler")
  finish
endif
let current_compiler = "sayso"

CompilerSet makeprg=sayso\ check\ --format\ concise\ --color\ never
CompilerSet errorformat=%f:%l:%v:\ %t%*[^:]:\ %m
