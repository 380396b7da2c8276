" tests/editors.rs runs this in Vim without a window, after ALE and examples/editors/vim/ale.vim. It prints what ALE shows.
function! s:Say(words) abort
  call writefile([a:words], '/dev/stdout', 'a')
endfunction

function! s:Findings() abort
  return ale#engine#GetLoclist(bufnr(''))
endfunction

" Waits up to 30 seconds for findings, or for none.
function! s:Wait(some) abort
  for l:turn in range(600)
    if empty(s:Findings()) != a:some
      return
    endif
    sleep 50m
  endfor
endfunction

call ale#Queue(0)
call s:Wait(1)
for s:one in s:Findings()
  call s:Say('ALE: ' . s:one.linter_name . ' ' . get(s:one, 'code', '') . ' in columns ' . s:one.col . ' to ' . s:one.end_col)
endfor
" The words of the other draft: nothing differs then.
call setline(1, substitute(getline(1), 'south', 'north', ''))
call ale#Queue(0)
call s:Wait(0)
call s:Say('after the edit: ' . (empty(s:Findings()) ? 'nothing' : 'still something'))
quitall!
